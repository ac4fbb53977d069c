// HTTP · bytes · sees Contracts

/// One part of a form: its fields, then its bytes as they come.
package struct MultipartHead: Sendable, Hashable {
    package let name: String
    /// What the client calls the file: a word for people, never a path for us.
    package let fileName: String?
    package let type: MediaType?

    package init(name: String, fileName: String?, type: MediaType?) {
        self.name = name
        self.fileName = fileName
        self.type = type
    }
}

package enum MultipartPiece: Sendable, Hashable {
    case begins(MultipartHead)
    case bytes([UInt8])
    case ends
}

package struct MultipartFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}

/// Takes `multipart/form-data` apart while it comes, holding no more than a border and the fields of one part.
package struct MultipartReader: Sendable {
    package struct Limits: Sendable, Hashable {
        package var parts = 32
        package var headBytes = 8192
        package var partBytes = Int.max

        package init(parts: Int = 32, headBytes: Int = 8192, partBytes: Int = .max) {
            self.parts = parts
            self.headBytes = headBytes
            self.partBytes = partBytes
        }
    }

    private enum Place: Sendable {
        case start
        case afterBorder
        case head
        case body
        case over
    }

    private let border: [UInt8]
    private let limits: Limits
    private var place = Place.start
    private var kept: [UInt8] = []
    private var parts = 0
    private var partBytes = 0

    /// Nil when the type is none of ours or its boundary is not 1 to 70 allowed bytes.
    package init?(_ type: MediaType, limits: Limits = Limits()) {
        guard type.essence == MediaType.multipart.essence, let boundary = type.parameters["boundary"],
            (1...70).contains(boundary.utf8.count), boundary.utf8.last != 0x20,
            boundary.utf8.allSatisfy({ ASCII.isDigit($0) || ASCII.isLetter($0) || "'()+_,-./:=? ".utf8.contains($0) })
        else { return nil }
        border = Array("\r\n--\(boundary)".utf8)
        self.limits = limits
        kept = [0x0D, 0x0A]  // the first border has no line before it
    }

    /// What can be said now.
    package mutating func read(_ bytes: [UInt8]) throws(MultipartFault) -> [MultipartPiece] {
        var pieces: [MultipartPiece] = []
        kept += bytes
        var used = 0
        while let step = try step(from: used, &pieces) { used = step }
        kept.removeFirst(used)
        return pieces
    }

    /// To be called when the body is over.
    package func end() throws(MultipartFault) {
        guard case .over = place else { throw MultipartFault("the form ends without its last border") }
    }

    /// Goes one step and answers up to where the kept bytes are used; nil when more must come first.
    private mutating func step(from start: Int, _ pieces: inout [MultipartPiece]) throws(MultipartFault) -> Int? {
        switch place {
        case .start: return try preamble(from: start)
        case .afterBorder: return try afterBorder(from: start)
        case .head: return try head(from: start, &pieces)
        case .body: return try body(from: start, &pieces)
        case .over: return start == kept.count ? nil : kept.count  // what follows the end is nobody's
        }
    }

    private mutating func preamble(from start: Int) throws(MultipartFault) -> Int? {
        let count = min(border.count, kept.count - start)
        guard kept[start..<(start + count)].elementsEqual(border.prefix(count)) else {
            throw MultipartFault("the form does not begin with its border")
        }
        guard count == border.count else { return nil }
        place = .afterBorder
        return start + count
    }

    private mutating func afterBorder(from start: Int) throws(MultipartFault) -> Int? {
        guard kept.count - start >= 2 else { return nil }
        switch (kept[start], kept[start + 1]) {
        case (0x0D, 0x0A):
            parts += 1
            if parts > limits.parts { throw MultipartFault("the form has more than \(limits.parts) parts") }
            partBytes = 0
            place = .head
        case (UInt8(ascii: "-"), UInt8(ascii: "-")): place = .over
        default: throw MultipartFault("a border of the form has no end")
        }
        return start + 2
    }

    private mutating func head(from start: Int, _ pieces: inout [MultipartPiece]) throws(MultipartFault) -> Int? {
        let mark: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        guard let end = kept[start...].place(of: mark) else {
            if kept.count - start > limits.headBytes { throw MultipartFault("the fields of a part are too long") }
            return nil
        }
        guard end - start <= limits.headBytes else { throw MultipartFault("the fields of a part are too long") }
        pieces.append(.begins(try MultipartHead(kept[start..<end])))
        place = .body
        return end + mark.count
    }

    private mutating func body(from start: Int, _ pieces: inout [MultipartPiece]) throws(MultipartFault) -> Int? {
        if let end = kept[start...].place(of: border) {
            try hand(kept[start..<end], &pieces)
            pieces.append(.ends)
            place = .afterBorder
            return end + border.count
        }
        // The last bytes may be the beginning of a border.
        let safe = kept.count - (border.count - 1)
        guard safe > start else { return nil }
        try hand(kept[start..<safe], &pieces)
        return safe
    }

    private mutating func hand(_ bytes: ArraySlice<UInt8>, _ pieces: inout [MultipartPiece]) throws(MultipartFault) {
        guard !bytes.isEmpty else { return }
        partBytes += bytes.count
        if partBytes > limits.partBytes { throw MultipartFault("a part is longer than \(limits.partBytes) bytes") }
        pieces.append(.bytes(Array(bytes)))
    }
}

extension MultipartHead {
    fileprivate init(_ bytes: ArraySlice<UInt8>) throws(MultipartFault) {
        var fields = HTTPFields()
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: true) {
            let line = line.last == 0x0D ? line.dropLast() : line
            if line.isEmpty { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line[..<colon].allSatisfy(ASCII.isToken),
                !line[..<colon].isEmpty, let value = ASCII.utf8(Array(line[(colon + 1)...])),
                !value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F })
            else { throw MultipartFault("a part has a field that cannot be read") }
            fields.add(String(decoding: line[..<colon], as: UTF8.self), value)
        }
        var reader = FieldReader(fields["Content-Disposition"] ?? "")
        reader.skipSpace()
        guard let kind = reader.token(), ASCII.isSame(kind, "form-data"), let parameters = reader.parameters(),
            reader.isAtEnd, let name = parameters.first(where: { $0.name == "name" })?.value
        else { throw MultipartFault("a part does not say which field of the form it is") }
        self.name = name
        fileName = parameters.first { $0.name == "filename" }?.value
        type = fields["Content-Type"].flatMap(MediaType.init(field:))
    }
}

extension ArraySlice<UInt8> {
    /// Where a few bytes stand for the first time.
    fileprivate func place(of wanted: [UInt8]) -> Int? {
        guard let first = wanted.first, count >= wanted.count else { return nil }
        var from = startIndex
        let last = endIndex - wanted.count
        while from <= last, let at = self[from...last].firstIndex(of: first) {
            if self[at..<(at + wanted.count)].elementsEqual(wanted) { return at }
            from = at + 1
        }
        return nil
    }
}
