// ArchitectureTests · tests · sees nothing

/// A function, initialiser, subscript or computed property with its size.
struct Function: Hashable {
    let name: String
    let line: Int
    let parameters: Int
    let bodyLines: Int
    /// An initialiser that does nothing but `self.x = …` may take as many parameters as there are properties.
    let onlyAssigns: Bool
}

extension SourceFile {
    var functions: [Function] {
        tokens.indices.compactMap { index in
            switch tokens[index].text {
            case "func": function(at: index, named: index + 1, list: index + 2)
            case "init", "subscript": isDeclaration(index) ? function(at: index, named: index, list: index + 1) : nil
            case "deinit", "var": property(at: index)
            default: nil
            }
        }
    }

    /// `self.init(…)` and `.init` as a value are calls.
    private func isDeclaration(_ index: Int) -> Bool { index == 0 || tokens[index - 1].text != "." }

    private func function(at start: Int, named name: Int, list: Int) -> Function? {
        guard let open = parameterList(from: list), let close = end(of: open) else { return nil }
        let body = body(from: close + 1)
        return Function(
            name: tokens[name].text, line: tokens[start].line, parameters: commas(open, close),
            bodyLines: body.map { tokens[$0.upperBound].line - tokens[$0.lowerBound].line - 1 } ?? 0,
            onlyAssigns: tokens[start].text == "init" && (body.map(onlyAssigns) ?? true))
    }

    private func property(at start: Int) -> Function? {
        var index = start + 1
        while index < tokens.count, tokens[index].line == tokens[start].line, tokens[index].text != "{" {
            if tokens[index].text == "=" { return nil }
            index += 1
        }
        guard index < tokens.count, tokens[index].text == "{", let close = end(of: index) else { return nil }
        return Function(
            name: tokens[start + 1].text, line: tokens[start].line, parameters: 0,
            bodyLines: tokens[close].line - tokens[index].line - 1, onlyAssigns: false)
    }

    /// The `(` of the parameters: after the name, the `?` of a failable initialiser and the generics.
    private func parameterList(from start: Int) -> Int? {
        var depth = 0
        for index in start..<min(start + 60, tokens.count) {
            if tokens[index].text == "(" && depth == 0 { return index }
            depth += angle(tokens[index].text)
        }
        return nil
    }

    private func angle(_ text: String) -> Int {
        if text == "<" { return 1 }
        return text.hasPrefix(">") ? -text.prefix { $0 == ">" }.count : 0
    }

    /// The bracket that closes the one at `open`.
    private func end(of open: Int) -> Int? {
        var depth = 0
        for index in open..<tokens.count {
            switch tokens[index].text {
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            default: continue
            }
            if depth == 0 { return index }
        }
        return nil
    }

    /// Words with which a signature goes on in its next line.
    private static let goesOn: Set = ["where", "async", "throws", "rethrows"]

    /// The braces after a signature; a requirement of a protocol has none.
    private func body(from start: Int) -> ClosedRange<Int>? {
        for index in start..<tokens.count {
            let token = tokens[index]
            if token.text == "{" { return end(of: index).map { index...$0 } }
            if token.text == "}" { return nil }
            if token.opensLine && token.isWord && !Self.goesOn.contains(token.text) { return nil }
        }
        return nil
    }

    private func commas(_ open: Int, _ close: Int) -> Int {
        guard close > open + 1 else { return 0 }
        var (depth, angles, count) = (0, 0, 1)
        for token in tokens[open + 1..<close] {
            switch token.text {
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            case ",": count += depth == 0 && angles == 0 ? 1 : 0
            default: angles += angle(token.text)
            }
        }
        return count
    }

    private func onlyAssigns(_ body: ClosedRange<Int>) -> Bool {
        var depth = 0
        for token in tokens[body].dropFirst().dropLast() {
            if token.opensLine && depth == 0 && token.isWord && token.text != "self" { return false }
            switch token.text {
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            default: continue
            }
        }
        return true
    }
}
