package import RealTimeAPI
package import Yams

/// Makes something of a file's YAML nodes, and finds all that is wrong with them.
package protocol NodeReading {
    /// What has been found so far.
    var findings: FileFindings { get set }
}

/// The members of a mapping by their names.
package struct NodeMembers {
    /// The members, in the order of the file.
    package var pairs: [(name: String, mark: FilePlace?, value: Node)] = []

    /// No members.
    package init() {}

    /// The value of a member; nil if there is none of that name.
    package subscript(_ name: String) -> Node? { pairs.first { $0.name == name }?.value }
}

extension NodeReading {
    /// Adds an error.
    package mutating func error(_ message: String, _ mark: FilePlace?) { findings.add(.error, message, mark) }

    /// Adds a finding.
    package mutating func add(_ severity: Finding.Severity, _ message: String, _ mark: FilePlace?) {
        findings.add(severity, message, mark)
    }

    /// A mapping's members; nil, with a finding, if it is none.
    package mutating func members(_ node: Node, _ what: String) -> NodeMembers? {
        guard let mapping = node.mapping else {
            error("\(what) must be written as \"name: value\" lines", node.place)
            return nil
        }
        var members = NodeMembers()
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                error("a name must be a word, not a list or a mapping", key.place)
                continue
            }
            members.pairs.append((name, key.place, value))
        }
        var known: Set<String> = []
        for pair in members.pairs where !known.insert(pair.name).inserted {
            error("\"\(pair.name)\" appears more than once", pair.mark)
        }
        return members
    }

    /// Finds names that are none of those that are known.
    package mutating func check(_ members: NodeMembers, known: [String], of what: String) {
        for pair in members.pairs where !known.contains(pair.name) {
            error("\(what) has no \"\(pair.name)\"\(near(pair.name, known))", pair.mark)
        }
    }

    /// What may be meant by a name that is not known.
    package func near(_ name: String, _ known: [String]) -> String {
        nearMiss(name, in: known).map { "; did you mean \"\($0)\"?" } ?? ""
    }

    /// Text; nil, with a finding, if it is none.
    package mutating func text(_ node: Node, _ what: String) -> String? {
        guard let text = node.scalar?.string else {
            error("\(what) must be text", node.place)
            return nil
        }
        return text
    }

    /// A whole number; nil if there is none, with a finding if there is something else.
    package mutating func whole(_ node: Node?, _ what: String, _ range: ClosedRange<Int>) -> Int? {
        guard let node else { return nil }
        guard let number = node.scalar.flatMap({ Int($0.string) }), range.contains(number) else {
            let end = range.upperBound == .max ? " or more" : "...\(range.upperBound)"
            error("\(what) must be a whole number, \(range.lowerBound)\(end)", node.place)
            return nil
        }
        return number
    }
}

extension String {
    /// Whether it can be a name in a file, and that of a file wherever: 1...64 letters, digits, `-` and `_`.
    package var isName: Bool {
        (1...64).contains(utf8.count)
            && utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
            }
    }
}
