// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit

/// One frame of AMQP 0-9-1, lent out of the bytes it came in.
@safe
package struct Frame {
    package enum Kind: UInt8 {
        case method = 1
        case header = 2
        case body = 3
        case heartbeat = 8
    }

    package let kind: Kind
    package let channel: UInt16
    package let payload: UnsafeRawBufferPointer
}

/// What the other side sent is no AMQP: nothing after it can be trusted.
package struct FrameFault: Error, Equatable, CustomStringConvertible {
    package let description: String
}

/// Cuts bytes into frames. Nothing a peer sends can make it read beyond them.
package struct FrameReader {
    /// Kind, channel and size in front; one end byte behind.
    static let overhead = 8
    private static let endByte: UInt8 = 0xCE

    /// No frame may be larger; what was agreed on when the connection was opened.
    package var largest = 131_072

    package init() {}

    /// The frame that begins at `offset`, which then points behind it; `nil` when not all of it is there yet.
    package func next(in bytes: UnsafeRawBufferPointer, at offset: inout Int) throws(FrameFault) -> Frame? {
        let there = bytes.count - offset
        guard there >= 7 else { return nil }
        let first = unsafe bytes[offset]
        guard let kind = Frame.Kind(rawValue: first) else {
            // "AMQP" and four numbers is how a server says that it speaks another version.
            let isGreeting = first == UInt8(ascii: "A")
            throw FrameFault(
                description: isGreeting ? "the server speaks another version of AMQP" : "kind \(first) is no frame")
        }
        let channel = unsafe UInt16(bytes[offset + 1]) << 8 | UInt16(bytes[offset + 2])
        let size = unsafe Int(bytes.loadUnaligned(fromByteOffset: offset + 3, as: UInt32.self).bigEndian)
        guard size <= largest - Self.overhead else {
            throw FrameFault(description: "a frame of \(size) bytes, where \(largest) were agreed on")
        }
        guard there >= size + Self.overhead else { return nil }
        guard unsafe bytes[offset + 7 + size] == Self.endByte else {
            throw FrameFault(description: "a frame without its end byte")
        }
        let payload = unsafe UnsafeRawBufferPointer(rebasing: bytes[(offset + 7)..<(offset + 7 + size)])
        offset += size + Self.overhead
        return unsafe Frame(kind: kind, channel: channel, payload: payload)
    }
}
