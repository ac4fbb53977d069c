// Wire · bytes · sees Contracts
package import Contracts

/// Bytes into an envelope, or the reason why not.
package enum EnvelopeReader {
    /// `nil` for the old copy of an event that also arrives under its new name. The payload is what its catalogue
    /// says it is when this returns.
    package static func read(
        _ text: [UInt8], by registry: Registry = .standard
    ) throws(EnvelopeRefusal) -> EventEnvelope? {
        do {
            return try JSONReader.read(text) { reader in
                var fields = EnvelopeFields()
                try fields.collect(from: &reader)
                try fields.limit(text.count)
                return try fields.envelope(reader, by: registry)
            }
        } catch let refusal as EnvelopeRefusal {
            throw refusal
        } catch let fault as JSONReader.Fault {
            throw EnvelopeRefusal(EnvelopeRefusal.Reason(fault.reason), at: "$", fault.detail)
        } catch {
            throw EnvelopeRefusal(.notJSON, at: "$", "\(error)")
        }
    }
}

extension EnvelopeRefusal.Reason {
    init(_ reason: JSONReader.Fault.Reason) {
        switch reason {
        case .invalidUTF8: self = .invalidUTF8
        case .notJSON: self = .notJSON
        case .tooDeep: self = .nestedTooDeep
        }
    }
}
