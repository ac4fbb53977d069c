// S3Driver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, FileDriver, HTTPClientDriver

/// An element of the small XML that S3 answers: a name, and either text or elements.
package struct XMLElement: Equatable {
    package let name: String
    package var text = ""
    package var parts: [XMLElement] = []

    /// The text of the first part of that name.
    subscript(name: String) -> String? { parts.first { $0.name == name }?.text }

    func all(_ name: String) -> [XMLElement] { parts.filter { $0.name == name } }
}

/// Reads what S3 answers and nothing else of XML: elements, attributes that it forgets, text, the five entities and
/// numbers. No document types, so no entities of others; no comments, no sections; bounded in depth and length.
package struct XMLReader {
    private let bytes: [UInt8]
    private var place = 0

    private static let deepest = 16
    private static let longest = 8 << 20

    /// `nil` when it is not that.
    package static func read(_ bytes: [UInt8]) -> XMLElement? {
        guard bytes.count <= longest, String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var reader = XMLReader(bytes: bytes)
        reader.skip([0xef, 0xbb, 0xbf])
        reader.skipSpace()
        if reader.skip("<?xml") { guard reader.take(until: "?>") != nil else { return nil } }
        reader.skipSpace()
        guard let root = reader.element(0) else { return nil }
        reader.skipSpace()
        return reader.place == bytes.count ? root : nil
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func element(_ depth: Int) -> XMLElement? {
        guard depth < Self.deepest, skip("<"), let name = self.name(), let isEmpty = endOfTag() else { return nil }
        var element = XMLElement(name: name)
        if isEmpty { return element }
        while true {
            guard let text = self.text() else { return nil }
            element.text += text
            if skip("</") {
                guard self.name() == name else { return nil }
                skipSpace()
                return skip(">") ? trimmed(element) : nil
            }
            guard let part = self.element(depth + 1) else { return nil }
            element.parts.append(part)
        }
    }

    /// Text between elements only sets them apart.
    private func trimmed(_ element: XMLElement) -> XMLElement {
        var element = element
        if !element.parts.isEmpty { element.text = "" }
        return element
    }

    private mutating func name() -> String? {
        let start = place
        while place < bytes.count, Self.isNameByte(bytes[place]) { place += 1 }
        guard place > start, !(UInt8(ascii: "-")...UInt8(ascii: "9")).contains(bytes[start]) else { return nil }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// Behind the name of an element: whether the element is over with its tag.
    private mutating func endOfTag() -> Bool? {
        while true {
            skipSpace()
            if skip("/>") { return true }
            if skip(">") { return false }
            guard name() != nil else { return nil }
            skipSpace()
            guard skip("=") else { return nil }
            skipSpace()
            let quote = skip("\"") ? "\"" : skip("'") ? "'" : ""
            guard !quote.isEmpty, let value = take(until: quote), !value.contains(UInt8(ascii: "<")) else { return nil }
        }
    }

    private mutating func text() -> String? {
        var found: [UInt8] = []
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "<"): return String(decoding: found, as: UTF8.self)
            case UInt8(ascii: "&"):
                guard let scalar = entity() else { return nil }
                found += Array(String(Character(scalar)).utf8)
            case 0..<0x09, 0x0b, 0x0c, 0x0e..<0x20: return nil
            case let byte:
                found.append(byte)
                place += 1
            }
        }
        return nil
    }

    private mutating func entity() -> Unicode.Scalar? {
        place += 1
        guard let word = take(until: ";"), word.count <= 8 else { return nil }
        let text = String(decoding: word, as: UTF8.self)
        let known: [String: Unicode.Scalar] = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]
        if let scalar = known[text] { return scalar }
        guard text.hasPrefix("#") else { return nil }
        let number = text.hasPrefix("#x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text.dropFirst())
        guard let number, number >= 0x20 || [9, 10, 13].contains(number) else { return nil }
        return Unicode.Scalar(number)
    }

    // MARK: bytes

    @discardableResult
    private mutating func skip(_ text: String) -> Bool { skip(Array(text.utf8)) }

    @discardableResult
    private mutating func skip(_ mark: [UInt8]) -> Bool {
        guard bytes[place...].starts(with: mark) else { return false }
        place += mark.count
        return true
    }

    private mutating func skipSpace() {
        while place < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[place]) { place += 1 }
    }

    /// What comes before the mark; the mark is skipped.
    private mutating func take(until mark: String) -> ArraySlice<UInt8>? {
        let start = place
        while place < bytes.count {
            let end = place
            if skip(mark) { return bytes[start..<end] }
            place += 1
        }
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: ":"): true
        default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
    }
}
