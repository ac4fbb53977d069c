// ArchitectureTests · tests · sees nothing
import Testing

/// What the rules stand on: words, comments and functions found in text.
@Suite("reading Swift") struct ReaderTests {
    private func words(_ text: String) -> [String] { SwiftReader.read(text).tokens.map(\.text) }

    @Test("comments are no code, however deep")
    func comments() {
        let read = SwiftReader.read("a // try!\n/* b /* c */ d\n e */ f")
        #expect(read.tokens.map(\.text) == ["a", "f"])
        #expect(read.comments[1] == " try!")
        #expect(read.tokens.last?.line == 3)
    }

    @Test("strings are no code, but what they interpolate is")
    func strings() {
        #expect(words(#"x = "fatalError \"( }" + y"#) == ["x", "=", "\"\"", "+", "y"])
        #expect(words(#"f("\(a["k"] ?? "}")")"#) == ["f", "(", "\"\"", "a", "[", "\"\"", "]", "??", "\"\"", ")", ")"])
        #expect(words("x = \"\"\"\n  \"quoted\" {\n  \"\"\"\ny") == ["x", "=", "\"\"", "y"])
        #expect(words(##"x = #"a \( " b"# y"##) == ["x", "=", "\"\"", "y"])
    }

    @Test("a force unwrap is told from a not and an unequal")
    func bangs() {
        #expect(words("a! b != c !d") == ["a", "!", "b", "!=", "c", "!", "d"])
        let glued = SwiftReader.read("a! b != c && !d").tokens.filter { $0.text == "!" }.map(\.isGlued)
        #expect(glued == [true, false])
    }

    @Test("functions are measured between their braces")
    func functions() {
        let file = SourceFile(
            path: "x.swift",
            text: """
                protocol Door {
                    func open(with key: Key, _ hand: (Int, Int) -> Void) -> Bool
                    var isOpen: Bool { get }
                }
                struct House: Door {
                    init(a: Int, b: Int, c: Int, d: Int, e: Int, f: Map<Int, Int>) {
                        self.a = a
                        self.b = min(
                            b, c)
                    }
                    func open<Key: Hashable>(with key: Key, _ hand: (Int, Int) -> Void) -> Bool
                    where Key: Sendable {
                        if true {
                            return false
                        }
                    }
                }
                """)
        let functions = file.functions
        #expect(functions.map(\.name) == ["open", "isOpen", "init", "open"])
        #expect(functions.map(\.parameters) == [2, 0, 6, 2])
        #expect(functions.map(\.bodyLines) == [0, -1, 3, 3])
        #expect(functions.map(\.onlyAssigns) == [false, false, true, false])
    }

    @Test("an initialiser that decides is not exempt")
    func deciding() {
        let text = "struct A {\n    init(a: Int) {\n        self.a = a\n        guard a > 0 else { return }\n    }\n}"
        #expect(SourceFile(path: "x.swift", text: text).functions.map(\.onlyAssigns) == [false])
    }
}
