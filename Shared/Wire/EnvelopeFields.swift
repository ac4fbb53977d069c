// Wire · bytes · sees Contracts
import Contracts

/// What stands in the text, before anybody judges it.
struct EnvelopeFields {
    private enum Value {
        case text(JSONReader.Slice)
        case number(Range<Int>)
        case bool(Bool)
        case object(Range<Int>)
        case array
    }

    private var values = [Value?](repeating: nil, count: EnvelopeField.allCases.count)
    private var extras: [String: JSONValue] = [:]
    private var metadata: [String: JSONValue]?

    mutating func collect(from reader: inout JSONReader) throws {
        guard try reader.kind() == .object else {
            throw EnvelopeRefusal(.notJSON, at: "$", "an envelope is an object")
        }
        try reader.enterObject()
        while let key = try reader.nextKey() {
            guard let field = reader.meaning(of: key, in: EnvelopeField.table) else {
                let name = reader.text(key)
                if extras[name] != nil { throw twice("$." + name) }
                extras[name] = try reader.value()
                continue
            }
            if values[field.rawValue] != nil { throw twice(field.path) }
            if field == .metadata, try reader.kind() == .object {
                let start = reader.offset
                if case .object(let members) = try reader.value() { metadata = members }
                values[field.rawValue] = .object(start..<reader.offset)
            } else {
                values[field.rawValue] = try value(from: &reader)
            }
        }
    }

    func envelope(_ reader: JSONReader, by registry: Registry) throws(EnvelopeRefusal) -> EventEnvelope? {
        let said = try type(reader)
        guard let known = registry[said] else { throw unregistered(said.catalogue, said.name) }
        let heard: EventType
        switch registry.heard(said) {
        case .take(let type): heard = type
        case .skip: return nil
        case .refuse:
            let instead = known.replacement.map { "; \($0.name) took its place" } ?? ""
            throw EnvelopeRefusal(.removedType, at: "$.event_type", "\(said.name) is not said any more\(instead)")
        }
        guard let entry = registry[heard] else { throw unregistered(heard.catalogue, heard.name) }
        var envelope = try required(heard, reader)
        try addOptional(to: &envelope, reader)
        try checkVersion(envelope.eventVersion, .eventVersion, known: entry.version)
        try checkVersion(envelope.schemaVersion, .schemaVersion, known: "1.0")
        if let refusal = EnvelopeRules.refusal(of: envelope, by: entry) { throw placed(refusal) }
        try PayloadCheck.check(envelope, by: entry)
        return envelope
    }

    /// What stands around the payload is limited too.
    func limit(_ size: Int) throws(EnvelopeRefusal) {
        guard case .object(let payload) = values[EnvelopeField.payload.rawValue] else { return }
        guard size - payload.count <= Payload.mostBytes else {
            throw EnvelopeRefusal(
                .payloadTooLarge, at: "$",
                "\(size - payload.count) bytes around the payload, at most \(Payload.mostBytes) are read")
        }
    }

    /// A group that lacks something is refused at what it lacks.
    private func placed(_ refusal: EnvelopeRefusal) -> EnvelopeRefusal {
        let group: [EnvelopeField] =
            switch refusal.reason {
            case .missingAggregate: [.aggregateType, .aggregateID, .aggregateVersion]
            case .missingConversation: [.conversationID, .sequence]
            case .unexplainedFailure: [.errorCode, .retryable]
            default: []
            }
        guard let lacking = group.first(where: isEmpty) else { return refusal }
        return EnvelopeRefusal(refusal.reason, at: lacking.path, refusal.detail)
    }

    private func isEmpty(_ field: EnvelopeField) -> Bool {
        guard let value = values[field.rawValue] else { return true }
        if case .text(let slice) = value { return slice.range.isEmpty }
        return false
    }

    // MARK: the type

    private func type(_ reader: JSONReader) throws(EnvelopeRefusal) -> EventType {
        let word = try optionalText(.catalog, reader) ?? Catalogue.ainer.rawValue
        guard let catalogue = Catalogue(rawValue: word) else {
            throw EnvelopeRefusal(
                .unknownCatalogue, at: "$.catalog",
                "\"\(word.prefix(40))\" is none of \(Catalogue.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let name = try text(.eventType, reader)
        if let type = EventType(catalogue, name) { return type }
        guard catalogue.admits(name) else {
            throw EnvelopeRefusal(
                .badName, at: "$.event_type",
                "\"\(name.prefix(80))\" is not a name of \(catalogue.rawValue): \(catalogue.nameRule)")
        }
        throw unregistered(catalogue, name)
    }

    private func unregistered(_ catalogue: Catalogue, _ name: String) -> EnvelopeRefusal {
        EnvelopeRefusal(
            .unregisteredType, at: "$.event_type", "\(name.prefix(80)) is not registered in \(catalogue.rawValue)")
    }

    // MARK: the fields

    private func required(_ type: EventType, _ reader: JSONReader) throws(EnvelopeRefusal) -> EventEnvelope {
        let trail = Trail(
            tenantID: try opaque(.tenantID, reader), projectID: try opaque(.projectID, reader),
            runID: try optionalName(.runID, reader), traceID: try opaque(.traceID, reader),
            correlationID: try opaque(.correlationID, reader), idempotencyKey: try key(reader))
        var envelope = EventEnvelope(
            eventID: try name(.eventID, reader), type: type, at: try time(reader), from: try producer(reader),
            trail: trail, jobID: try optionalName(.jobID, reader), payload: try payload(reader),
            under: trail.idempotencyKey)
        envelope.eventVersion = try text(.eventVersion, reader)
        envelope.schemaVersion = try text(.schemaVersion, reader)
        return envelope
    }

    private func addOptional(to envelope: inout EventEnvelope, _ reader: JSONReader) throws(EnvelopeRefusal) {
        envelope.causationID = try optionalText(.causationID, reader)
        envelope.userID = try optionalText(.userID, reader)
        envelope.hostID = try filled(.hostID, reader)
        envelope.aggregate = try aggregate(reader)
        envelope.conversation = try conversation(reader)
        envelope.failure = try failure(reader)
        envelope.forwardedBy = try module(.forwardedBy, reader)
        envelope.visibility = try word(.visibility, reader)
        envelope.persistence = try word(.persistence, reader)
        envelope.replayCount = try integer(.replayCount, reader).map { Int($0) }
        envelope.metadata = metadata
        if values[EnvelopeField.metadata.rawValue] != nil, metadata == nil { throw malformed(.metadata, "an object") }
        envelope.extras = extras
    }

    /// All three or none.
    private func aggregate(_ reader: JSONReader) throws(EnvelopeRefusal) -> Aggregate? {
        guard let type = try filled(.aggregateType, reader), let id = try filled(.aggregateID, reader),
            let version = try integer(.aggregateVersion, reader)
        else { return nil }
        guard version > 0 else { throw malformed(.aggregateVersion, "1 or more") }
        return Aggregate(type: type, id: id, version: version)
    }

    private func conversation(_ reader: JSONReader) throws(EnvelopeRefusal) -> Conversation? {
        guard let id = try filled(.conversationID, reader), let sequence = try integer(.sequence, reader) else {
            return nil
        }
        return Conversation(id: id, messageID: try optionalText(.messageID, reader), sequence: sequence)
    }

    private func failure(_ reader: JSONReader) throws(EnvelopeRefusal) -> FailureMark? {
        guard let code = try filled(.errorCode, reader) else { return nil }
        guard let value = values[EnvelopeField.retryable.rawValue] else { return nil }
        guard case .bool(let retryable) = value else { throw malformed(.retryable, "true or false") }
        guard ErrorCode.isCode(code) else {
            throw malformed(.errorCode, "DOMAIN-CATEGORY-NNN, of one of \(ErrorCode.domains.joined(separator: ", "))")
        }
        return FailureMark(errorCode: code, retryable: retryable)
    }

    // MARK: one field

    private func text(_ field: EnvelopeField, _ reader: JSONReader) throws(EnvelopeRefusal) -> String {
        guard let text = try optionalText(field, reader) else { throw missing(field) }
        return text
    }

    private func optionalText(_ field: EnvelopeField, _ reader: JSONReader) throws(EnvelopeRefusal) -> String? {
        try slice(field, reader).map(reader.text)
    }

    private func slice(_ field: EnvelopeField, _ reader: JSONReader) throws(EnvelopeRefusal) -> JSONReader.Slice? {
        guard let value = values[field.rawValue] else { return nil }
        guard case .text(let slice) = value, slice.range.count <= 1024 else { throw malformed(field, "a text") }
        return slice
    }

    /// A name that must say something: an empty one is none.
    private func filled(_ field: EnvelopeField, _ reader: JSONReader) throws(EnvelopeRefusal) -> String? {
        guard let text = try optionalText(field, reader), !text.isEmpty else { return nil }
        return text
    }

    private func integer(_ field: EnvelopeField, _ reader: JSONReader) throws(EnvelopeRefusal) -> Int64? {
        guard let value = values[field.rawValue] else { return nil }
        guard case .number(let range) = value, let number = reader.integer(range), number >= 0 else {
            throw malformed(field, "a whole number of 0 or more")
        }
        return number
    }

    private func name<Name: Identifier>(_ field: EnvelopeField, _ reader: JSONReader) throws(EnvelopeRefusal) -> Name {
        guard let name: Name = try optionalName(field, reader) else { throw missing(field) }
        return name
    }

    private func optionalName<Name: Identifier>(
        _ field: EnvelopeField, _ reader: JSONReader
    ) throws(EnvelopeRefusal) -> Name? {
        guard let value = values[field.rawValue] else { return nil }
        guard case .text(let slice) = value, let name = Name(utf8: reader.piece(slice.range)) else {
            throw malformed(field, "\(Name.prefix) and 1 to 64 letters, digits, _ or -")
        }
        return name
    }

    private func opaque<Name: OpaqueName>(_ field: EnvelopeField, _ reader: JSONReader) throws(EnvelopeRefusal) -> Name
    {
        guard let slice = try slice(field, reader) else { throw missing(field) }
        let name = slice.isPlain ? Name(utf8: reader.piece(slice.range)) : Name(rawValue: reader.text(slice))
        guard let name else {
            throw malformed(field, "1 to 128 printable bytes")
        }
        return name
    }

    private func key(_ reader: JSONReader) throws(EnvelopeRefusal) -> IdempotencyKey {
        guard let key = IdempotencyKey(rawValue: try text(.idempotencyKey, reader)) else {
            throw malformed(.idempotencyKey, "1 to 256 printable bytes")
        }
        return key
    }

    private func time(_ reader: JSONReader) throws(EnvelopeRefusal) -> Timestamp {
        guard let value = values[EnvelopeField.occurredAt.rawValue] else { throw missing(.occurredAt) }
        guard case .text(let slice) = value, let time = Timestamp(utf8: reader.piece(slice.range)) else {
            throw malformed(.occurredAt, "a time such as 2026-02-26T12:00:00Z")
        }
        return time
    }

    private func producer(_ reader: JSONReader) throws(EnvelopeRefusal) -> Module {
        guard let module = try module(.producer, reader) else { throw missing(.producer) }
        return module
    }

    private func module(_ field: EnvelopeField, _ reader: JSONReader) throws(EnvelopeRefusal) -> Module? {
        guard let word = try optionalText(field, reader) else { return nil }
        guard let module = Module(spoken: word) else {
            throw EnvelopeRefusal(.foreignProducer, at: field.path, "\"\(word.prefix(40))\" is none of our modules")
        }
        return module
    }

    private func word<Word: RawRepresentable<String>>(
        _ field: EnvelopeField, _ reader: JSONReader
    ) throws(EnvelopeRefusal) -> Word? {
        guard let text = try optionalText(field, reader) else { return nil }
        guard let word = Word(rawValue: text) else { throw malformed(field, "a word of ours") }
        return word
    }

    private func payload(_ reader: JSONReader) throws(EnvelopeRefusal) -> Payload {
        guard let value = values[EnvelopeField.payload.rawValue] else { throw missing(.payload) }
        guard case .object(let range) = value else { throw malformed(.payload, "an object") }
        guard range.count <= Payload.mostBytes else {
            throw EnvelopeRefusal(
                .payloadTooLarge, at: "$.payload",
                "\(range.count) bytes, at most \(Payload.mostBytes) are carried; store it and send a reference")
        }
        return Payload(trusted: Array(reader.piece(range)))
    }

    private func checkVersion(
        _ text: String, _ field: EnvelopeField, known: String
    ) throws(EnvelopeRefusal) {
        if text == known { return }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt16($0) }
        guard parts.count == 2, let major = parts[0], let minor = parts[1], text == "\(major).\(minor)" else {
            throw malformed(field, "major.minor")
        }
        guard known.hasPrefix("\(major).") else {
            throw EnvelopeRefusal(.malformedField, at: field.path, "version \(text) is not known, \(known) is")
        }
    }

    private func missing(_ field: EnvelopeField) -> EnvelopeRefusal {
        EnvelopeRefusal(.missingField, at: field.path, "\(field.name) must be there")
    }

    private func malformed(_ field: EnvelopeField, _ wanted: String) -> EnvelopeRefusal {
        EnvelopeRefusal(.malformedField, at: field.path, "\(field.name) is \(wanted)")
    }

    private func twice(_ path: String) -> EnvelopeRefusal {
        EnvelopeRefusal(.duplicateField, at: path, "it stands there twice")
    }

    /// Walks over a value; `null` is the same as nothing.
    private func value(from reader: inout JSONReader) throws(JSONReader.Fault) -> Value? {
        switch try reader.kind() {
        case .string: return .text(try reader.string())
        case .number: return .number(try reader.number())
        case .bool: return .bool(try reader.bool())
        case .object: return .object(try reader.skip())
        case .array:
            try reader.skip()
            return .array
        case .null:
            try reader.null()
            return nil
        }
    }
}
