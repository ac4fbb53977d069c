// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import CRabbit

/// The codec's memory: what is decoded and encoded in one turn lives here and is given back all at once.
@safe
final class Pool {
    private let raw: UnsafeMutablePointer<amqp_pool_t>

    init() {
        unsafe raw = .allocate(capacity: 1)
        unsafe init_amqp_pool(raw, 16384)
    }

    deinit {
        unsafe empty_amqp_pool(raw)
        unsafe raw.deallocate()
    }

    /// Nothing handed out before may be used after.
    func recycle() { unsafe recycle_amqp_pool(raw) }

    func lend<Value>(_ body: (UnsafeMutablePointer<amqp_pool_t>) -> Value) -> Value { unsafe body(raw) }

    /// The text's bytes, copied into the pool.
    func bytes(_ text: String) -> amqp_bytes_t {
        var text = text
        return text.withUTF8 { utf8 in
            guard let start = utf8.baseAddress, !utf8.isEmpty, let copy = unsafe amqp_pool_alloc(raw, utf8.count) else {
                return unsafe amqp_bytes_t(len: 0, bytes: nil)
            }
            unsafe copy.copyMemory(from: start, byteCount: utf8.count)
            return unsafe amqp_bytes_t(len: utf8.count, bytes: copy)
        }
    }

    /// A table in the pool.
    func table(_ fields: some Collection<(key: String, value: Field)>) -> amqp_table_t {
        let room = unsafe MemoryLayout<amqp_table_entry_t>.stride * fields.count
        guard !fields.isEmpty, let memory = unsafe amqp_pool_alloc(raw, room) else {
            return unsafe amqp_table_t(num_entries: 0, entries: nil)
        }
        let entries = unsafe memory.bindMemory(to: amqp_table_entry_t.self, capacity: fields.count)
        for (index, field) in fields.enumerated() {
            unsafe (entries + index).initialize(
                to: amqp_table_entry_t(key: bytes(field.key), value: value(field.value)))
        }
        return unsafe amqp_table_t(num_entries: Int32(fields.count), entries: entries)
    }

    private func value(_ field: Field) -> amqp_field_value_t {
        var value = unsafe amqp_field_value_t()
        switch field {
        case .text(let text):
            unsafe value.kind = UInt8(AMQP_FIELD_KIND_UTF8.rawValue)
            unsafe value.value.bytes = bytes(text)
        case .number(let number):
            unsafe value.kind = UInt8(AMQP_FIELD_KIND_I64.rawValue)
            unsafe value.value.i64 = number
        case .flag(let flag):
            unsafe value.kind = UInt8(AMQP_FIELD_KIND_BOOLEAN.rawValue)
            unsafe value.value.boolean = flag ? 1 : 0
        case .table(let fields):
            unsafe value.kind = UInt8(AMQP_FIELD_KIND_TABLE.rawValue)
            unsafe value.value.table = table(fields.map { (key: $0.key, value: $0.value) })
        }
        return unsafe value
    }
}

/// A value in a table of AMQP.
enum Field: Hashable, Sendable {
    case text(String)
    case number(Int64)
    case flag(Bool)
    case table([String: Field])

    /// About how many bytes it takes.
    var size: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .number, .flag: 8
        case .table(let fields): fields.reduce(8) { $0 + $1.key.utf8.count + $1.value.size }
        }
    }
}
