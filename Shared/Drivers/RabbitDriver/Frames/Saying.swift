// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import CRabbit

/// What we say to the broker, besides messages.
enum Saying {
    case introduce(BrokerAddress, String)
    case accept(Handshake.Terms)
    case open(String)
    case close
    case closeOK
    case openChannel
    case closeChannel
    case channelCloseOK
    case flowOK(Bool)
    case confirmSelect
    case declare(Declaration)
    case look(queue: String)
    case delete(queue: String)
    case qos(prefetch: Int)
    case consume(queue: String, tag: String, arguments: [String: Field])
    case cancel(tag: String)
    case ack(Unsettled.Ack)
    case giveBack(UInt64)
}

extension FrameWriter {
    func write(_ saying: Saying, on channel: UInt16) {
        switch saying {
        case .ack(let ack):
            method(
                ainer_amqp_ack, on: channel,
                amqp_basic_ack_t(delivery_tag: ack.number, multiple: ack.isMultiple ? 1 : 0))
        case .giveBack(let number):
            method(ainer_amqp_nack, on: channel, amqp_basic_nack_t(delivery_tag: number, multiple: 0, requeue: 1))
        case .flowOK(let isActive):
            method(ainer_amqp_channel_flow_ok, on: channel, amqp_channel_flow_ok_t(active: isActive ? 1 : 0))
        case .qos(let prefetch):
            method(
                ainer_amqp_qos, on: channel,
                amqp_basic_qos_t(prefetch_size: 0, prefetch_count: UInt16(clamping: prefetch), global: 0))
        case .confirmSelect: method(ainer_amqp_confirm_select, on: channel, amqp_confirm_select_t(nowait: 0))
        case .closeOK: method(ainer_amqp_close_ok, on: channel, amqp_connection_close_ok_t())
        case .openChannel: unsafe method(ainer_amqp_channel_open, on: channel, amqp_channel_open_t())
        case .channelCloseOK: method(ainer_amqp_channel_close_ok, on: channel, amqp_channel_close_ok_t())
        case .introduce, .accept, .open, .close, .closeChannel: writeConnection(saying, on: channel)
        case .declare, .look, .delete, .consume, .cancel: writeQueue(saying, on: channel)
        }
    }

    private func writeConnection(_ saying: Saying, on channel: UInt16) {
        switch saying {
        case .introduce(let address, let name):
            let fields = unsafe amqp_connection_start_ok_t(
                client_properties: table(Self.ourselves(name)), mechanism: text("PLAIN"),
                response: text("\u{0}\(address.user)\u{0}\(address.password)"), locale: text("en_US"))
            unsafe method(ainer_amqp_start_ok, on: channel, fields)
        case .accept(let terms):
            method(
                ainer_amqp_tune_ok, on: channel,
                amqp_connection_tune_ok_t(
                    channel_max: UInt16(terms.channels), frame_max: UInt32(terms.largestFrame),
                    heartbeat: UInt16(terms.heartbeat)))
        case .open(let vhost):
            unsafe method(
                ainer_amqp_open, on: channel,
                amqp_connection_open_t(virtual_host: text(vhost), capabilities: text(""), insist: 0))
        case .close:
            let fields = unsafe amqp_connection_close_t(
                reply_code: 200, reply_text: text("goodbye"), class_id: 0, method_id: 0)
            unsafe method(ainer_amqp_close, on: channel, fields)
        default:
            let fields = unsafe amqp_channel_close_t(
                reply_code: 200, reply_text: text("goodbye"), class_id: 0, method_id: 0)
            unsafe method(ainer_amqp_channel_close, on: channel, fields)
        }
    }

    private func writeQueue(_ saying: Saying, on channel: UInt16) {
        switch saying {
        case .declare(let declaration): write(declaration, on: channel)
        case .look(let queue): unsafe write(queue, isPassive: true, table([:]), on: channel)
        case .delete(let queue):
            let fields = unsafe amqp_queue_delete_t(ticket: 0, queue: text(queue), if_unused: 0, if_empty: 0, nowait: 0)
            unsafe method(ainer_amqp_queue_delete, on: channel, fields)
        case .consume(let queue, let tag, let arguments):
            let fields = unsafe amqp_basic_consume_t(
                ticket: 0, queue: text(queue), consumer_tag: text(tag), no_local: 0, no_ack: 0, exclusive: 0, nowait: 0,
                arguments: table(arguments))
            unsafe method(ainer_amqp_consume, on: channel, fields)
        case .cancel(let tag):
            let fields = unsafe amqp_basic_cancel_t(consumer_tag: text(tag), nowait: 0)
            unsafe method(ainer_amqp_cancel, on: channel, fields)
        default: break
        }
    }

    private func write(_ declaration: Declaration, on channel: UInt16) {
        switch declaration {
        case .exchange(let name, let kind, let arguments):
            let fields = unsafe amqp_exchange_declare_t(
                ticket: 0, exchange: text(name), type: text(kind), passive: 0, durable: 1, auto_delete: 0, internal: 0,
                nowait: 0, arguments: table(arguments))
            unsafe method(ainer_amqp_exchange_declare, on: channel, fields)
        case .queue(let name, let arguments): unsafe write(name, isPassive: false, table(arguments), on: channel)
        case .binding(let queue, let exchange, let key):
            let fields = unsafe amqp_queue_bind_t(
                ticket: 0, queue: text(queue), exchange: text(exchange), routing_key: text(key), nowait: 0,
                arguments: table([:]))
            unsafe method(ainer_amqp_queue_bind, on: channel, fields)
        }
    }

    private func write(_ queue: String, isPassive: Bool, _ arguments: amqp_table_t, on channel: UInt16) {
        let fields = unsafe amqp_queue_declare_t(
            ticket: 0, queue: text(queue), passive: isPassive ? 1 : 0, durable: 1, exclusive: 0, auto_delete: 0,
            nowait: 0, arguments: arguments)
        unsafe method(ainer_amqp_queue_declare, on: channel, fields)
    }

    /// Without these words the broker would close without a reason, never say that it is blocked, and take consumers
    /// away in silence.
    private static func ourselves(_ name: String) -> [String: Field] {
        [
            "product": .text("AINER"), "connection_name": .text(name),
            "capabilities": .table([
                "authentication_failure_close": .flag(true), "basic.nack": .flag(true),
                "connection.blocked": .flag(true), "consumer_cancel_notify": .flag(true),
                "publisher_confirms": .flag(true),
            ]),
        ]
    }
}
