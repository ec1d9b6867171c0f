import Presentation

/// The numbers behind a figure, which open on a click.
struct NumberTable {
    let heads: [String]
    let rows: [[String]]

    /// The whole element.
    ///
    /// - Parameter summary: what is clicked on.
    func html(_ summary: String) -> String {
        "<details class=\"numbers\"><summary>\(Markup.escaped(summary))</summary>\(table)</details>\n"
    }

    /// The table alone.
    var table: String {
        let head = heads.map { "<th>\(Markup.escaped($0))</th>" }.joined()
        let body = rows.map { row in "<tr>" + row.map { "<td>\(Markup.escaped($0))</td>" }.joined() + "</tr>" }
        return "<div class=\"scroll\"><table><thead><tr>\(head)</tr></thead><tbody>\(body.joined(separator: "\n"))"
            + "</tbody></table></div>"
    }
}
