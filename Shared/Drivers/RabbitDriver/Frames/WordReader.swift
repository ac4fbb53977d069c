// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import CRabbit
import Contracts
import Ports

/// Decodes methods and properties with the library's codec.
package final class WordReader {
    private let pool = Pool()
    private var book = AddressBook()

    package init() {}

    /// What was decoded since is not used any more.
    package func recycle() { pool.recycle() }

    package func word(_ payload: UnsafeRawBufferPointer) throws(FrameFault) -> Word {
        guard payload.count >= 4 else { throw FrameFault(description: "a method without a number") }
        let number = unsafe payload.loadUnaligned(as: UInt32.self).bigEndian
        let fields = unsafe UnsafeRawBufferPointer(rebasing: payload[4...])
        var decoded: UnsafeMutableRawPointer?
        let status = unsafe pool.lend { unsafe amqp_decode_method(number, $0, fields.amqp, &decoded) }
        if status == AMQP_STATUS_UNKNOWN_METHOD.rawValue { return .unknown(number) }
        guard status >= 0, let decoded = unsafe decoded else {
            throw FrameFault(description: "method \(number >> 16).\(number & 0xffff) cannot be read (\(status))")
        }
        return unsafe word(ainer_amqp_method(rawValue: number), decoded)
    }

    private func word(_ method: ainer_amqp_method, _ decoded: UnsafeMutableRawPointer) -> Word {
        switch method {
        case ainer_amqp_deliver:
            let fields = unsafe decoded.load(as: amqp_basic_deliver_t.self)
            return unsafe .deliver(
                fields.delivery_tag, address: book.address(exchange: fields.exchange.raw, key: fields.routing_key.raw))
        case ainer_amqp_ack:
            let fields = unsafe decoded.load(as: amqp_basic_ack_t.self)
            return .ack(fields.delivery_tag, isMultiple: fields.multiple != 0)
        case ainer_amqp_nack:
            let fields = unsafe decoded.load(as: amqp_basic_nack_t.self)
            return .nack(fields.delivery_tag, isMultiple: fields.multiple != 0)
        case ainer_amqp_return:
            let fields = unsafe decoded.load(as: amqp_basic_return_t.self)
            return unsafe .returned(code: Int(fields.reply_code), text: fields.reply_text.text)
        case ainer_amqp_queue_declare_ok:
            return unsafe .declareOK(waiting: Int(decoded.load(as: amqp_queue_declare_ok_t.self).message_count))
        case ainer_amqp_cancel: return .cancel
        case ainer_amqp_cancel_ok: return .cancelOK
        case ainer_amqp_exchange_declare_ok, ainer_amqp_queue_bind_ok, ainer_amqp_queue_delete_ok, ainer_amqp_qos_ok,
            ainer_amqp_consume_ok, ainer_amqp_confirm_select_ok:
            return .done
        default: return unsafe connectionWord(method, decoded)
        }
    }

    private func connectionWord(_ method: ainer_amqp_method, _ decoded: UnsafeMutableRawPointer) -> Word {
        switch method {
        case ainer_amqp_start:
            return unsafe .start(mechanisms: decoded.load(as: amqp_connection_start_t.self).mechanisms.text)
        case ainer_amqp_secure: return .secure
        case ainer_amqp_tune:
            let fields = unsafe decoded.load(as: amqp_connection_tune_t.self)
            return .tune(
                channels: Int(fields.channel_max), largestFrame: Int(fields.frame_max),
                heartbeat: Int(fields.heartbeat))
        case ainer_amqp_open_ok: return .openOK
        case ainer_amqp_close:
            let fields = unsafe decoded.load(as: amqp_connection_close_t.self)
            return unsafe .close(code: Int(fields.reply_code), text: fields.reply_text.text)
        case ainer_amqp_close_ok: return .closeOK
        case ainer_amqp_blocked:
            return unsafe .blocked(reason: decoded.load(as: amqp_connection_blocked_t.self).reason.text)
        case ainer_amqp_unblocked: return .unblocked
        case ainer_amqp_channel_open_ok: return .channelOpenOK
        case ainer_amqp_channel_flow:
            return unsafe .flow(isActive: decoded.load(as: amqp_channel_flow_t.self).active != 0)
        case ainer_amqp_channel_close:
            let fields = unsafe decoded.load(as: amqp_channel_close_t.self)
            return unsafe .channelClose(code: Int(fields.reply_code), text: fields.reply_text.text)
        case ainer_amqp_channel_close_ok: return .channelCloseOK
        default: return .unknown(method.rawValue)
        }
    }
}

// MARK: what stands in front of a body

extension WordReader {
    package func properties(_ payload: UnsafeRawBufferPointer) throws(FrameFault) -> Properties {
        guard payload.count >= 14 else { throw FrameFault(description: "a header too short for its fields") }
        let size = unsafe payload.loadUnaligned(fromByteOffset: 4, as: UInt64.self).bigEndian
        // 256 KiB is our own limit; what others sent is buried by its reader, but memory must be able to hold it.
        guard size <= 1 << 27 else { throw FrameFault(description: "a body of \(size) bytes") }
        let fields = unsafe UnsafeRawBufferPointer(rebasing: payload[12...])
        var decoded: UnsafeMutableRawPointer?
        let status = unsafe pool.lend { unsafe amqp_decode_properties(60, $0, fields.amqp, &decoded) }
        guard status >= 0, let decoded = unsafe decoded else {
            throw FrameFault(description: "properties that cannot be read (\(status))")
        }
        let raw = unsafe decoded.load(as: amqp_basic_properties_t.self)
        var properties = Properties()
        properties.size = Int(size)
        if unsafe raw._flags & UInt32(AMQP_BASIC_MESSAGE_ID_FLAG) != 0 { unsafe properties.id = raw.message_id.text }
        if unsafe raw._flags & UInt32(AMQP_BASIC_HEADERS_FLAG) != 0 { unsafe read(raw.headers, into: &properties) }
        return properties
    }

    private func read(_ table: amqp_table_t, into properties: inout Properties) {
        for index in 0..<Int(unsafe table.num_entries) {
            let entry = unsafe table.entries[index]
            let name = unsafe entry.key.text
            switch name {
            case "x-delivery-count": unsafe properties.deliveries = Int(clamping: entry.value.number ?? 0)
            case "x-stream-offset": unsafe properties.position = entry.value.number
            case Header.tries: unsafe properties.tries = Int(clamping: entry.value.number ?? 0)
            case Header.address: unsafe properties.address = entry.value.text
            case "x-death": unsafe properties.lastDeath = lastDeath(entry.value)
            default:
                // Others' tables and numbers are not ours to carry, nor what the broker notes for itself.
                if !name.hasPrefix("x-"), let text = unsafe entry.value.text { properties.headers[name] = text }
            }
        }
    }

    /// The broker keeps them newest first.
    private func lastDeath(_ value: amqp_field_value_t) -> (queue: String, reason: String, count: Int)? {
        guard unsafe value.kind == UInt8(AMQP_FIELD_KIND_ARRAY.rawValue), unsafe value.value.array.num_entries > 0,
            unsafe value.value.array.entries[0].kind == UInt8(AMQP_FIELD_KIND_TABLE.rawValue)
        else { return nil }
        let table = unsafe value.value.array.entries[0].value.table
        var death = (queue: "", reason: "", count: 0)
        for index in 0..<Int(unsafe table.num_entries) {
            let entry = unsafe table.entries[index]
            switch unsafe entry.key.text {
            case "queue": death.queue = unsafe entry.value.text ?? ""
            case "reason": death.reason = unsafe entry.value.text ?? ""
            case "count": death.count = unsafe Int(clamping: entry.value.number ?? 0)
            default: break
            }
        }
        return death
    }
}

/// Headers of our own, beside those of the letter.
enum Header {
    static let tries = "ainer-tries"
    static let address = "ainer-address"
}

// MARK: words of the codec

extension UnsafeRawBufferPointer {
    /// The codec only reads them, though its type does not say so.
    var amqp: amqp_bytes_t {
        unsafe amqp_bytes_t(len: count, bytes: UnsafeMutableRawPointer(mutating: baseAddress))
    }
}

extension amqp_bytes_t {
    var raw: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : len) }
    var text: String { unsafe String(decoding: raw, as: UTF8.self) }
}

extension amqp_field_value_t {
    var text: String? {
        switch unsafe UInt32(kind) {
        case AMQP_FIELD_KIND_UTF8.rawValue, AMQP_FIELD_KIND_BYTES.rawValue: unsafe value.bytes.text
        default: nil
        }
    }

    var number: Int64? {
        switch unsafe UInt32(kind) {
        case AMQP_FIELD_KIND_I64.rawValue: unsafe value.i64
        case AMQP_FIELD_KIND_I32.rawValue: unsafe Int64(value.i32)
        case AMQP_FIELD_KIND_I16.rawValue: unsafe Int64(value.i16)
        case AMQP_FIELD_KIND_I8.rawValue: unsafe Int64(value.i8)
        case AMQP_FIELD_KIND_U32.rawValue: unsafe Int64(value.u32)
        case AMQP_FIELD_KIND_U16.rawValue: unsafe Int64(value.u16)
        case AMQP_FIELD_KIND_U8.rawValue: unsafe Int64(value.u8)
        case AMQP_FIELD_KIND_U64.rawValue, AMQP_FIELD_KIND_TIMESTAMP.rawValue: unsafe Int64(clamping: value.u64)
        default: nil
        }
    }
}
