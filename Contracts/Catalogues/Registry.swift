// Contracts · pure · sees nothing

/// All that may be said, and what becomes of a type that is on its way out.
package struct Registry: Sendable {
    package let entries: [EventEntry]
    private let index: [EventType: Int]
    /// Old names that are said beside each new one.
    private let copies: [EventType: [EventType]]

    package init(_ entries: [EventEntry]) {
        self.entries = entries
        index = Dictionary(entries.enumerated().map { ($1.type, $0) }, uniquingKeysWith: { first, _ in first })
        let dual = entries.filter { $0.lifecycle == .dualPublish }
        copies = Dictionary(grouping: dual.filter { $0.replacement != nil }, by: { $0.replacement ?? $0.type })
            .mapValues { $0.map(\.type) }
    }

    package static let standard = Registry(
        AinerTable.entries + GenesisTable.entries + UnitTable.entries + AgentTable.entries)

    package subscript(type: EventType) -> EventEntry? { index[type].map { entries[$0] } }

    /// The same with one type in another phase.
    package func with(_ type: EventType, _ lifecycle: Lifecycle, replacedBy replacement: EventType?) -> Registry {
        changing(type) { entry in
            entry.lifecycle = lifecycle
            entry.replacement = replacement
        }
    }

    /// The same with one type whose payload nobody looks into.
    package func withDraft(_ type: EventType) -> Registry { changing(type) { $0.schema = .draft } }

    private func changing(_ type: EventType, _ change: (inout EventEntry) -> Void) -> Registry {
        var entries = entries
        for index in entries.indices where entries[index].type == type { change(&entries[index]) }
        return Registry(entries)
    }

    /// What a producer that wishes to say `type` publishes: itself and the copies for old listeners; nothing when the
    /// type must not be said any more.
    package func spoken(_ type: EventType) -> [EventType] {
        switch self[type]?.lifecycle {
        case .live: [type] + (copies[type] ?? [])
        case .announced, .dualPublish, .removed, nil: []
        }
    }

    /// What a consumer makes of a type that arrives.
    package func heard(_ type: EventType) -> Hearing {
        guard let entry = self[type] else { return .refuse }
        return switch entry.lifecycle {
        case .live: .take(type)
        case .announced: .take(entry.replacement ?? type)
        case .dualPublish: entry.replacement == nil ? .take(type) : .skip
        case .removed: .refuse
        }
    }
}

extension AinerEvent {
    /// Where it is published, when nothing else is said.
    package var topic: Topic { Registry.standard[.ainer(self)]?.topic ?? .observeEvents }
}

/// What becomes of an event that arrives.
package enum Hearing: Hashable, Sendable {
    /// It is handled as this type.
    case take(EventType)
    /// The same fact arrives under its new name: handling this one too would count it twice.
    case skip
    case refuse
}
