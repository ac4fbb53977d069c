// Wire · bytes · sees Contracts
package import Contracts

/// A value that is not what its shape says.
package struct ShapeFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// `$.shots[3].shot_no`.
    package let path: String
    package let detail: String

    package var description: String { "\(path): \(detail)" }
}

/// Holds JSON against a shape. Works on any document: a payload, a shot, a plan.
package enum ShapeCheck {
    /// Every fault with its path, at most so many; none when the text is what the shape says.
    package static func faults(
        in text: [UInt8], against shape: Shape, atMost most: Int = 50
    ) throws -> [ShapeFault] {
        try faults(in: text, against: CompiledShape(shape), root: "$", atMost: most)
    }

    static func faults(
        in text: [UInt8], against shape: CompiledShape, root: String, atMost most: Int
    ) throws -> [ShapeFault] {
        try JSONReader.read(text) { reader in
            var inspector = Inspector(root: root, most: most)
            try inspector.inspect(&reader, .object(shape))
            return inspector.faults
        }
    }
}

/// Walks over a value with the shape beside it, and remembers where it is.
private struct Inspector {
    private enum Step {
        case key(JSONReader.Slice)
        case index(Int)
    }

    let root: String
    let most: Int
    var faults: [ShapeFault] = []
    private var steps: [Step] = []

    init(root: String, most: Int) {
        self.root = root
        self.most = most
    }

    mutating func inspect(_ reader: inout JSONReader, _ type: CompiledType) throws {
        let kind = try reader.kind()
        switch type {
        case .any: try reader.skip()
        case .anyObject: try expect(.object, kind, &reader) { try $1.skip() }
        case .bool: try expect(.bool, kind, &reader) { _ = try $1.bool() }
        case .text(let most): try expect(.string, kind, &reader) { try $0.text($1.string(), atMost: most, $1) }
        case .id(let prefix): try expect(.string, kind, &reader) { try $0.id($1.string(), prefix, $1) }
        case .word(let words, let hint):
            try expect(.string, kind, &reader) { try $0.word($1.string(), words, hint, $1) }
        case .time: try expect(.string, kind, &reader) { try $0.time($1.string(), $1) }
        case .integer(let range): try expect(.number, kind, &reader) { try $0.integer($1.number(), range, $1) }
        case .number(let range): try expect(.number, kind, &reader) { try $0.number($1.number(), range, $1) }
        case .list(let element, let most): try expect(.array, kind, &reader) { try $0.list(&$1, element, atMost: most) }
        case .map(let value, let most): try expect(.object, kind, &reader) { try $0.map(&$1, value, atMost: most) }
        case .object(let shape): try expect(.object, kind, &reader) { try $0.object(&$1, shape) }
        }
    }

    private mutating func expect(
        _ wanted: JSONReader.Kind, _ kind: JSONReader.Kind, _ reader: inout JSONReader,
        _ go: (inout Inspector, inout JSONReader) throws -> Void
    ) throws {
        guard kind == wanted else {
            blame("expected \(wanted.rawValue), found \(kind.rawValue)", reader)
            try reader.skip()
            return
        }
        try go(&self, &reader)
    }

    // MARK: containers

    private mutating func object(_ reader: inout JSONReader, _ shape: CompiledShape) throws {
        var seen: UInt64 = 0  // one bit a field
        try reader.enterObject()
        while let key = try reader.nextKey() {
            guard let member = reader.meaning(of: key, in: shape.members) else {
                try reader.skip()
                continue
            }
            steps.append(.key(key))
            if try reader.kind() == .null {
                try reader.null()
            } else if seen & (1 << UInt64(member.place)) != 0 {
                blame("it stands there twice", reader)
                try reader.skip()
            } else {
                seen |= 1 << UInt64(member.place)
                if member.isOldName { try reader.skip() } else { try inspect(&reader, member.type) }
            }
            steps.removeLast()
        }
        for (place, name) in shape.required where seen & (1 << UInt64(place)) == 0 {
            add(ShapeFault(path: path(reader) + "." + name, detail: "it must be there"))
        }
    }

    private mutating func list(_ reader: inout JSONReader, _ element: CompiledType, atMost most: Int) throws {
        var count = 0
        try reader.enterArray()
        while try reader.nextElement() {
            steps.append(.index(count))
            try inspect(&reader, element)
            steps.removeLast()
            count += 1
        }
        if count > most { blame("\(count) elements, at most \(most) are allowed", reader) }
    }

    private mutating func map(_ reader: inout JSONReader, _ value: CompiledType, atMost most: Int) throws {
        var count = 0
        try reader.enterObject()
        while let key = try reader.nextKey() {
            steps.append(.key(key))
            try inspect(&reader, value)
            steps.removeLast()
            count += 1
        }
        if count > most { blame("\(count) members, at most \(most) are allowed", reader) }
    }

    // MARK: values

    private mutating func text(_ slice: JSONReader.Slice, atMost most: Int, _ reader: JSONReader) {
        if slice.range.count > most { blame("\(slice.range.count) bytes, at most \(most) are allowed", reader) }
    }

    private mutating func id(_ slice: JSONReader.Slice, _ prefix: [UInt8], _ reader: JSONReader) {
        let bytes = reader.piece(slice.range)
        let rest = bytes.dropFirst(prefix.count)
        let isName = bytes.starts(with: prefix) && (1...64).contains(rest.count) && rest.allSatisfy(\.isNameByte)
        if !isName {
            blame("expected \(String(decoding: prefix, as: UTF8.self)) and 1 to 64 letters, digits, _ or -", reader)
        }
    }

    /// Old words are understood where the new one is allowed.
    private mutating func word(
        _ slice: JSONReader.Slice, _ words: KeyTable<Bool>, _ hint: String, _ reader: JSONReader
    ) {
        if words[reader.piece(slice.range)] != nil { return }
        let word = reader.text(slice)
        var settled = OldWord.settled(word) ?? word
        if settled.withUTF8({ words[$0] }) == nil { blame("\"\(word.prefix(40))\" is none of: \(hint)", reader) }
    }

    private mutating func time(_ slice: JSONReader.Slice, _ reader: JSONReader) {
        if Timestamp(utf8: reader.piece(slice.range)) == nil {
            blame("expected a time such as 2026-02-26T12:00:00Z", reader)
        }
    }

    private mutating func integer(_ digits: Range<Int>, _ range: ClosedRange<Int64>, _ reader: JSONReader) {
        guard let value = reader.integer(digits) else { return blame("expected a whole number", reader) }
        if !range.contains(value) { blame("\(value) is not within \(range)", reader) }
    }

    private mutating func number(_ digits: Range<Int>, _ range: ClosedRange<Double>, _ reader: JSONReader) {
        guard let value = reader.double(digits) else { return blame("the number is too big", reader) }
        if !range.contains(value) { blame("\(value) is not within \(range)", reader) }
    }

    // MARK: where

    private mutating func blame(_ detail: String, _ reader: JSONReader) {
        if faults.count < most { add(ShapeFault(path: path(reader), detail: detail)) }
    }

    private mutating func add(_ fault: ShapeFault) {
        if faults.count < most { faults.append(fault) }
    }

    private func path(_ reader: JSONReader) -> String {
        steps.reduce(into: root) { path, step in
            switch step {
            case .key(let slice): path += "." + reader.text(slice)
            case .index(let index): path += "[\(index)]"
            }
        }
    }
}

extension UInt8 {
    fileprivate var isNameByte: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
