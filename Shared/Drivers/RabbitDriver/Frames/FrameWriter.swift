// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import CRabbit

/// Encodes methods and contents with the library's codec, behind what already waits to be sent.
final class FrameWriter {
    /// Names have at most 255 bytes each, and our tables are small.
    private static let largestMethod = 16 * 1024

    let out: ByteQueue
    private let pool = Pool()
    /// No frame may be larger; what was agreed on when the connection was opened.
    var largest = 131_072

    init(into out: ByteQueue) { self.out = out }

    /// What was encoded is in the queue: the memory it was put together in is free again.
    func recycle() { pool.recycle() }

    func text(_ text: String) -> amqp_bytes_t { unsafe pool.bytes(text) }
    func table(_ fields: [(key: String, value: Field)]) -> amqp_table_t { unsafe pool.table(fields) }
    func table(_ fields: [String: Field]) -> amqp_table_t {
        unsafe pool.table(fields.map { (key: $0.key, value: $0.value) })
    }

    /// The first bytes of every connection.
    func greet() { unsafe [UInt8]("AMQP\u{0}\u{0}\u{9}\u{1}".utf8).withUnsafeBytes { unsafe out.append($0) } }

    func heartbeat() { unsafe frame(.heartbeat, 0, atMost: 0) { _ in 0 } }

    /// The struct is the one the library has for this method: their fields are encoded in its order.
    func method<Fields>(_ method: ainer_amqp_method, on channel: UInt16, _ fields: Fields) {
        var fields = fields
        unsafe frame(.method, channel, atMost: Self.largestMethod) { room in
            unsafe room.storeBytes(of: method.rawValue.bigEndian, as: UInt32.self)
            let rest = unsafe amqp_bytes_t(len: room.count - 4, bytes: room.baseAddress.map { unsafe $0 + 4 })
            let count = unsafe withUnsafeMutablePointer(to: &fields) {
                unsafe amqp_encode_method(method.rawValue, $0, rest)
            }
            // It only fails when the room is too small, which no name of ours is long enough for.
            return count < 0 ? 0 : Int(count) + 4
        }
    }

    /// A message: the method has been written, these are its properties and its body.
    func content(_ properties: amqp_basic_properties_t, headers bytes: Int, body: [UInt8], on channel: UInt16) {
        var properties = unsafe properties
        unsafe frame(.header, channel, atMost: Self.largestMethod + bytes) { room in
            unsafe room.storeBytes(of: UInt32(60 << 16).bigEndian, as: UInt32.self)
            unsafe room.storeBytes(of: UInt64(body.count).bigEndian, toByteOffset: 4, as: UInt64.self)
            let rest = unsafe amqp_bytes_t(len: room.count - 12, bytes: room.baseAddress.map { unsafe $0 + 12 })
            let count = unsafe amqp_encode_properties(60, &properties, rest)
            return count < 0 ? 12 : Int(count) + 12
        }
        unsafe body.withUnsafeBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                let end = min(bytes.count, offset + largest - FrameReader.overhead)
                let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset..<end])
                unsafe frame(.body, channel, atMost: part.count) { room in
                    unsafe room.copyMemory(from: part)
                    return part.count
                }
                offset = end
            }
        }
    }

    private func frame(
        _ kind: Frame.Kind, _ channel: UInt16, atMost limit: Int, _ write: (UnsafeMutableRawBufferPointer) -> Int
    ) {
        unsafe out.append(atMost: limit + FrameReader.overhead) { room in
            let count = unsafe write(UnsafeMutableRawBufferPointer(rebasing: room[7..<(room.count - 1)]))
            unsafe room[0] = kind.rawValue
            unsafe room.storeBytes(of: channel.bigEndian, toByteOffset: 1, as: UInt16.self)
            unsafe room.storeBytes(of: UInt32(count).bigEndian, toByteOffset: 3, as: UInt32.self)
            unsafe room[7 + count] = 0xCE
            return count + FrameReader.overhead
        }
    }
}
