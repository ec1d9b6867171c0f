import Presentation

/// The look of the report.
enum ReportStyle {
    /// What is more is marked by less of the ground showing through, on light and on dark alike.
    private static let shades = (0..<24).map { shade in
        ".h\(shade){fill-opacity:\(decimal(0.03 + Double(shade) / 25, 3))}"
    }
    .joined(separator: "\n")

    static let sheet = """
        :root {
          --ground: #ffffff; --sheet: #f6f7f9; --ink: #1d2530; --soft: #5d6875; --line: #dde2e8;
          --talk: #1f6fb5; --other: #c26a12; --good: #1f8a4c; --bad: #c2303a; --heat: #5b2a86; --mark: #e0245e;
          --page: #8a6d00;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #12161c; --sheet: #1a2029; --ink: #e6eaf0; --soft: #9aa6b4; --line: #303a47;
            --talk: #5fb0f0; --other: #f0a050; --good: #4cc987; --bad: #ff7580; --heat: #b98cf0; --mark: #ff5c8d;
            --page: #ffd54a;
          }
        }
        @media print {
          :root {
            --ground: #ffffff; --sheet: #ffffff; --ink: #000000; --soft: #444444; --line: #cccccc;
            --talk: #1f6fb5; --other: #c26a12; --good: #1f8a4c; --bad: #c2303a; --heat: #5b2a86; --mark: #e0245e;
            --page: #8a6d00;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 64px; }
        .over { color: var(--soft); margin: 0 0 4px; }
        h1 { font-size: 26px; line-height: 1.3; margin: 0 0 24px; font-weight: 600; max-width: 34em; text-wrap: balance; }
        h2 { font-size: 21px; margin: 56px 0 4px; font-weight: 600; }
        h3 { font-size: 15px; margin: 0 0 6px; font-weight: 600; color: var(--soft); }
        .note { color: var(--soft); margin: 0 0 18px; max-width: 54em; }
        .cards { display: grid; grid-template-columns: repeat(4, 1fr); gap: 14px; }
        .card { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
        .card b { display: block; font-size: 34px; line-height: 1.15; font-variant-numeric: tabular-nums; }
        .card small, .big small { color: var(--soft); font-size: 14px; font-weight: 400; }
        .paste { margin-top: 14px; display: grid; gap: 10px; }
        pre { position: relative; margin: 0; padding: 12px 84px 12px 14px; background: var(--sheet); border: 1px solid var(--line);
          border-radius: 10px; white-space: pre-wrap; overflow-wrap: anywhere; font: 13.5px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
        pre button { position: absolute; top: 7px; right: 7px; font: 13px system-ui, sans-serif; padding: 2px 10px;
          border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: var(--ink); cursor: pointer; }
        .row { display: grid; grid-template-columns: 1fr 1fr; gap: 28px; align-items: start; }
        .big { font-size: 34px; font-weight: 600; margin: 0 0 4px; line-height: 1.3; }
        .doubt { border-left: 4px solid var(--bad); background: var(--sheet); padding: 10px 14px; margin: 0 0 18px; font-weight: 600; }
        figure { margin: 0; }
        figcaption { font-size: 14.5px; margin: 0 0 6px; overflow-wrap: anywhere; }
        svg { display: block; width: 100%; height: auto; }
        .maps { display: grid; grid-template-columns: repeat(3, 1fr); gap: 22px; }
        .key { max-width: 430px; margin-bottom: 10px; }
        .recording { margin: 0 0 26px; break-inside: avoid; }
        table { border-collapse: collapse; font-size: 13.5px; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: 3px 12px 3px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { font-weight: 600; color: var(--soft); white-space: nowrap; }
        .scroll { overflow: auto; max-height: 460px; }
        .confusion { font-size: 20px; margin-bottom: 8px; }
        .confusion th, .confusion td { padding: 6px 26px 6px 0; }
        .confusion th { font-size: 14px; }
        .right { color: var(--good); font-weight: 600; }
        .wrong { color: var(--bad); font-weight: 600; }
        details { margin-top: 6px; }
        summary { cursor: pointer; color: var(--soft); font-size: 14px; }
        .levels { font-size: 12px; color: var(--soft); overflow-wrap: anywhere; }
        dt { font-weight: 600; margin-top: 10px; }
        dd { margin: 0; max-width: 58em; }
        svg text { fill: var(--ink); font: 13px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        svg text.tick { fill: var(--soft); font-size: 11.5px; }
        svg text.name { font-size: 13px; }
        svg text.middle { text-anchor: middle; }
        svg text.end { text-anchor: end; }
        svg text.talk-text { fill: var(--talk); }
        svg text.other-text { fill: var(--other); }
        svg text.limit-text, svg text.decision-text { fill: var(--mark); }
        svg text.talkspurt-text { fill: var(--ground); font-size: 11.5px; }
        .grid { stroke: var(--line); }
        .axis { stroke: var(--soft); }
        .heat { fill: var(--heat); shape-rendering: crispEdges; }
        \(shades)
        .plateau-halo { fill: none; stroke: var(--ground); stroke-width: 4; stroke-linecap: square; }
        .plateau { fill: none; stroke: var(--good); stroke-width: 2; stroke-linecap: square; }
        .mark { fill: var(--mark); }
        .mark-page { fill: var(--page); }
        .mark-halo { fill: var(--ground); }
        .talk { fill: var(--talk); }
        .other { fill: var(--other); }
        .limit { stroke: var(--mark); stroke-width: 1.5; stroke-dasharray: 5 3; }
        .interval { fill: var(--talk); fill-opacity: 0.35; }
        .curve { fill: none; stroke: var(--talk); stroke-width: 2.2; }
        .c0 { stroke-opacity: 1; } .c1 { stroke-opacity: 0.85; stroke-dasharray: 8 3; }
        .c2 { stroke-opacity: 0.85; stroke-dasharray: 4 3; } .c3 { stroke-opacity: 0.85; stroke-dasharray: 1.5 3; }
        .wave { fill: var(--talk); stroke: var(--talk); stroke-width: 0.5; }
        .level { fill: none; stroke: var(--ink); stroke-width: 1.1; }
        .talkspurt { fill: var(--soft); } .talkspurt.good { fill: var(--good); }
        .decision { stroke: var(--mark); stroke-width: 2.5; }
        .over { fill: var(--soft); } rect.over { fill-opacity: 0.14; }
        .over-line { stroke: var(--soft); stroke-dasharray: 2 3; }
        @media screen and (max-width: 900px) {
          .cards, .maps { grid-template-columns: repeat(2, 1fr); }
          .row { grid-template-columns: 1fr; }
        }
        @media screen and (max-width: 560px) {
          .maps { grid-template-columns: 1fr; }
          main { padding: 20px 14px 40px; }
          h1 { font-size: 22px; }
          .wide, .lengths, .recording { overflow-x: auto; }
          .wide > svg, .recording > svg { width: 760px; }
          .lengths > svg { width: 560px; }
          figcaption, figure > details { position: sticky; left: 0; }
        }
        @media print {
          main { max-width: none; padding: 0; }
          body { font-size: 9.5pt; }
          h1 { font-size: 17pt; }
          h2 { font-size: 13pt; margin-top: 22px; break-after: avoid; }
          .big, .card b { font-size: 19pt; }
          pre { font-size: 8.5pt; padding-right: 14px; }
          .note { break-after: avoid; break-inside: avoid; }
          .key { break-after: avoid; }
          figcaption { font-size: 9.5pt; }
          .card, pre, .half, .map, .confusion, .wide { break-inside: avoid; }
          .cards { gap: 8px; } .card { padding: 8px 10px; }
          .maps { gap: 12px; }
          .scroll { max-height: none; overflow: visible; }
          details:not([open]), pre button, section.list:not(:has(details[open])) { display: none; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """

    /// Buttons that copy; without a script there are none.
    static let script = """
        if (navigator.clipboard) document.querySelectorAll("pre").forEach(function (pre) {
          var button = document.createElement("button");
          button.textContent = "Copy";
          button.onclick = function () {
            navigator.clipboard.writeText(pre.querySelector("code").textContent).then(function () { button.textContent = "Copied"; });
          };
          pre.appendChild(button);
        });
        """
}
