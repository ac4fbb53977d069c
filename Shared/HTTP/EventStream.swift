// HTTP · bytes · sees Contracts

/// One message of `text/event-stream`.
package struct StreamEvent: Sendable, Hashable {
    package var id: String?
    /// `nil` is what the browser calls `message`.
    package var name: String?
    package var data: String

    package init(_ data: String, name: String? = nil, id: String? = nil) {
        self.data = data
        self.name = name
        self.id = id
    }

    /// As it is sent. Every line of the data is a line of its own; a line break in a name or an id is left out.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        if let id { Self.line("id", id.utf8.filter { $0 != 0 && !$0.isLineBreak }, to: &bytes) }
        if let name { Self.line("event", name.utf8.filter { !$0.isLineBreak }, to: &bytes) }
        let data = Array(data.utf8)
        var start = 0
        var index = 0
        while index < data.count {
            if data[index].isLineBreak {
                Self.line("data", data[start..<index], to: &bytes)
                let isPair = data[index] == 0x0D && index + 1 < data.count && data[index + 1] == 0x0A
                index += isPair ? 1 : 0
                start = index + 1
            }
            index += 1
        }
        Self.line("data", data[start...], to: &bytes)
        bytes.append(0x0A)
        return bytes
    }

    /// What keeps a connection alive and means nothing.
    package static func comment(_ text: String) -> [UInt8] {
        Array(": ".utf8) + text.utf8.filter { !$0.isLineBreak } + [0x0A, 0x0A]
    }

    /// How long a client waits before it comes back.
    package static func retry(after wait: Duration) -> [UInt8] {
        let components = wait.components
        return Array("retry: \(components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)\n\n".utf8)
    }

    private static func line(_ name: StaticString, _ value: some Collection<UInt8>, to bytes: inout [UInt8]) {
        bytes += UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        bytes += [UInt8(ascii: ":"), UInt8(ascii: " ")]
        bytes += value
        bytes.append(0x0A)
    }
}

extension UInt8 {
    fileprivate var isLineBreak: Bool { self == 0x0A || self == 0x0D }
}

/// Reads `text/event-stream` in whatever pieces it comes, with every line ending there is.
package struct EventStreamReader: Sendable {
    /// A longer event ends the stream.
    package struct TooLong: Error, Equatable {
        package let limit: Int
    }

    /// What a client says when it comes back.
    package private(set) var lastID: String?
    /// What the server asked for.
    package private(set) var retry: Duration?

    private let limit: Int
    private var line: [UInt8] = []
    private var data: [UInt8]?
    private var name: String?
    private var held = 0
    private var isAfterReturn = false
    private var isFirstLine = true

    package init(limit: Int = 1 << 20) { self.limit = limit }

    /// The events that are whole now.
    package mutating func read(_ bytes: [UInt8]) throws(TooLong) -> [StreamEvent] {
        var events: [StreamEvent] = []
        for byte in bytes {
            defer { isAfterReturn = byte == 0x0D }
            if byte == 0x0A && isAfterReturn { continue }
            guard byte == 0x0A || byte == 0x0D else {
                line.append(byte)
                held += 1
                if held > limit { throw TooLong(limit: limit) }
                continue
            }
            if let event = endLine() { events.append(event) }
        }
        return events
    }

    private mutating func endLine() -> StreamEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        isFirstLine = false
        if line.isEmpty { return endEvent() }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        field(String(decoding: line[..<colon], as: UTF8.self), value)
        return nil
    }

    private mutating func field(_ field: String, _ value: ArraySlice<UInt8>) {
        switch field {
        case "data": data = data.map { $0 + [0x0A] + value } ?? Array(value)
        case "event": name = String(decoding: value, as: UTF8.self)
        case "id": if !value.contains(0) { lastID = String(decoding: value, as: UTF8.self) }
        case "retry": if let wait = ASCII.number(value) { retry = .milliseconds(wait) }
        default: held -= line.count  // a comment is not kept
        }
    }

    private mutating func endEvent() -> StreamEvent? {
        defer { (data, name, held) = (nil, nil, 0) }
        guard let data else { return nil }
        return StreamEvent(String(decoding: data, as: UTF8.self), name: name?.isEmpty == true ? nil : name, id: lastID)
    }
}
