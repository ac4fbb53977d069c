// Contracts · pure · sees nothing

/// A type of event: its catalogue and its name there. Only the catalogues spell the names.
package enum EventType: Hashable, Sendable {
    case ainer(AinerEvent)
    case genesis(GenesisEvent)
    case agent(AgentEvent)
    case unit(ExecutionEvent)

    package var catalogue: Catalogue {
        switch self {
        case .ainer: .ainer
        case .genesis: .genesis
        case .agent: .agent
        case .unit: .unit
        }
    }

    /// The catalogue's own name, byte for byte.
    package var name: String {
        switch self {
        case .ainer(let event): event.rawValue
        case .genesis(let event): event.rawValue
        case .agent(let event): event.rawValue
        case .unit(let event): event.rawValue
        }
    }

    /// `nil` for a pair nobody has registered.
    package init?(_ catalogue: Catalogue, _ name: String) {
        guard let known = Self.index[catalogue]?[name] else { return nil }
        self = known
    }

    /// A hundred names are found by hash; an enum's own lookup walks through them.
    private static let index = Dictionary(grouping: all, by: \.catalogue).mapValues { types in
        Dictionary(types.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package static let all: [EventType] =
        AinerEvent.allCases.map(EventType.ainer) + GenesisEvent.allCases.map(EventType.genesis)
        + AgentEvent.allCases.map(EventType.agent) + ExecutionEvent.allCases.map(EventType.unit)
}
