// Whoever loads flow files meets the findings' members: importing FlowFiles is enough for them.
@_exported public import YAMLFiles

/// Something to know about a flow file, and where.
public typealias FlowFinding = FileFinding

/// Why a flow file can't be served: all that was found in it.
public typealias FlowFileError = FileError
