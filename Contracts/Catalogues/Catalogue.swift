// Contracts · pure · sees nothing

/// The four name spaces of event types. A type is known by the pair of catalogue and name.
package enum Catalogue: String, CaseIterable, Hashable, Sendable {
    /// The making of films.
    case ainer
    /// The making of stories.
    case genesis
    /// The live stream of assistants.
    case agent
    /// The machines.
    case unit
}

extension Catalogue {
    /// How this catalogue writes its names, for people.
    package var nameRule: String {
        switch self {
        case .ainer: "lower words with dots, two to four of them, never step.*: run.stage.changed"
        case .genesis: "Capital words with dots, three or four of them: Genesis.Session.Started"
        case .agent: "lower words with underscores: text_delta"
        case .unit: "execution_ and one lower word: execution_started"
        }
    }

    /// True when a name is written as this catalogue writes them, registered or not.
    package func admits(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        switch self {
        case .ainer:
            let isWords = parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isLowerOrLine) }
            return (2...4).contains(parts.count) && isWords && !isBannedStep(name)
        case .genesis:
            let isWords = parts.allSatisfy { ($0.first?.isUpper ?? false) && $0.allSatisfy(\.isLetter) }
            return (3...4).contains(parts.count) && isWords
        case .agent:
            return !name.isEmpty && name.utf8.allSatisfy(\.isLowerOrLine)
        case .unit:
            let prefix = "execution_".utf8
            return name.utf8.starts(with: prefix) && name.utf8.count > prefix.count
                && name.utf8.allSatisfy(\.isLowerOrLine)
        }
    }

    /// A step is never a thing of its own; the two names that once were are kept for old senders.
    private func isBannedStep(_ name: String) -> Bool {
        name.utf8.starts(with: "step.".utf8) && AinerEvent(rawValue: name) == nil
    }
}

extension UInt8 {
    fileprivate var isLower: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
    fileprivate var isUpper: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    fileprivate var isLetter: Bool { isLower || isUpper }
    fileprivate var isLowerOrLine: Bool { isLower || self == UInt8(ascii: "_") }
}
