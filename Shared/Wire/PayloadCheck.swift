// Wire · bytes · sees Contracts
import Contracts

/// Payloads against the tables of their types, and against what their envelope says of them.
enum PayloadCheck {
    private static let shapes: [EventType: CompiledShape] = Dictionary(
        uniqueKeysWithValues: Registry.standard.entries.compactMap { entry in
            guard case .typed(let shape) = entry.schema else { return nil }
            return (entry.type, CompiledShape(shape))
        })
    private static let reference = CompiledShape(.payloadReference)

    /// Types that are no failures by themselves and may tell of one.
    private static let outcomes: Set<EventType> = Set(
        Registry.standard.entries.filter { entry in
            guard case .typed(let shape) = entry.schema, case .word(let words) = shape["status"]?.type else {
                return false
            }
            return !entry.isFailure && words.contains(WorkOutcome.failed.rawValue)
        }.map(\.type))

    static func check(_ envelope: EventEnvelope, by entry: EventEntry) throws(EnvelopeRefusal) {
        do {
            try checkShape(envelope.payload, by: entry)
            if outcomes.contains(entry.type) || entry.catalogue != .ainer {
                try checkWords(PayloadWords(in: envelope.payload), of: envelope, by: entry)
            }
        } catch let refusal as EnvelopeRefusal {
            throw refusal
        } catch {
            throw EnvelopeRefusal(.notJSON, at: "$.payload", "\(error)")
        }
    }

    private static func checkShape(_ payload: Payload, by entry: EventEntry) throws {
        guard case .typed = entry.schema, let shape = shapes[entry.type] else { return }
        guard let first = try faults(payload, shape).first else { return }
        let fault = try PayloadWords(in: payload).isReference ? faults(payload, reference).first : first
        guard let fault else { return }
        throw EnvelopeRefusal(.payloadMismatch, at: fault.path, "\(entry.name): \(fault.detail)")
    }

    private static func faults(_ payload: Payload, _ shape: CompiledShape) throws -> [ShapeFault] {
        try ShapeCheck.faults(in: payload.bytes, against: shape, root: "$.payload", atMost: 1)
    }

    private static func checkWords(_ words: PayloadWords, of envelope: EventEnvelope, by entry: EventEntry) throws {
        if let inner = words.eventType, inner != entry.name {
            throw EnvelopeRefusal(
                .payloadMismatch, at: "$.payload.event_type", "the envelope says \(entry.name), its payload \(inner)")
        }
        if let domain = words.domain, let unit = words.unitName, entry.catalogue == .unit,
            !unit.hasPrefix(domain + ".")
        {
            throw EnvelopeRefusal(
                .payloadMismatch, at: "$.payload.domain", "\(unit) is not a unit of \(domain)")
        }
        let status = words.status.map { OldWord.settled($0) ?? $0 }
        if outcomes.contains(entry.type), status == WorkOutcome.failed.rawValue, envelope.failure == nil {
            throw EnvelopeRefusal(
                .unexplainedFailure, at: "$.error_code",
                "this \(entry.name) tells of a failure: error_code and retryable tell why")
        }
    }
}

/// The few words of a payload that its envelope must agree with.
struct PayloadWords {
    private(set) var eventType: String?
    private(set) var status: String?
    private(set) var domain: String?
    private(set) var unitName: String?
    /// True when it says where the payload lies instead of being it.
    private(set) var isReference = false

    private enum Word: Sendable { case eventType, status, domain, unitName, ref }
    private static let table = KeyTable<Word>([
        ("event_type", .eventType), ("status", .status), ("domain", .domain), ("unit_name", .unitName), ("ref", .ref),
    ])

    init(in payload: Payload) throws {
        self = try JSONReader.read(payload.bytes) { reader in
            var words = PayloadWords()
            try reader.enterObject()
            while let key = try reader.nextKey() { try words.note(reader.meaning(of: key, in: Self.table), &reader) }
            return words
        }
    }

    private init() {}

    private mutating func note(_ word: Word?, _ reader: inout JSONReader) throws {
        if word == .ref { isReference = true }
        guard let word, word != .ref, try reader.kind() == .string else {
            try reader.skip()
            return
        }
        let text = reader.text(try reader.string())
        switch word {
        case .eventType: eventType = text
        case .status: status = text
        case .domain: domain = text
        case .unitName: unitName = text
        case .ref: break
        }
    }
}
