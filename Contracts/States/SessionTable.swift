// Contracts · pure · sees nothing

/// How far the making of a story is: six stages, each asked for, proposed, confirmed and completed.
package enum GenesisState: String, Worded {
    case absent
    case seedOpen = "seed_open"
    case seedRequested = "seed_requested"
    case conceptProposed = "concept_proposed"
    case conceptConfirmed = "concept_confirmed"
    case themeOpen = "theme_open"
    case themeRequested = "theme_requested"
    case themeProposed = "theme_proposed"
    case themeConfirmed = "theme_confirmed"
    case worldOpen = "world_open"
    case worldRequested = "world_requested"
    case worldProposed = "world_proposed"
    case worldConfirmed = "world_confirmed"
    case castOpen = "cast_open"
    case castRequested = "cast_requested"
    case castProposed = "cast_proposed"
    case oneConfirmed = "one_confirmed"
    case twoConfirmed = "two_confirmed"
    /// Three or more: they need a network.
    case manyConfirmed = "many_confirmed"
    case networkMade = "network_made"
    case plotOpen = "plot_open"
    case plotRequested = "plot_requested"
    case plotProposed = "plot_proposed"
    case plotConfirmed = "plot_confirmed"
    case detailsOpen = "details_open"
    case detailsRequested = "details_requested"
    case detailsGenerated = "details_generated"
    case detailsConfirmed = "details_confirmed"
    case allCompleted = "all_completed"
    case finished
    case failed
}

extension GenesisEvent: Worded {}

extension StateMachines {
    /// A session in which a story is made.
    package static let genesis = StateTable<GenesisState, GenesisEvent>(
        "session", owner: .planner, start: .absent, finals: [.finished, .failed],
        rows: [GenesisRow(.absent, .sessionStarted, .seedOpen, "somebody has an idea")]
            + concept.rows + theme.rows + world.rows + cast + plot.rows + details.rows + ends)

    private typealias GenesisRow = StateTable<GenesisState, GenesisEvent>.Row

    private static let concept = Round(
        states: (.seedOpen, .seedRequested, .conceptProposed, .conceptConfirmed), next: .themeOpen,
        facts: (.seedRequested, .conceptProposed, nil, .conceptConfirmed), staysOpen: false)
    private static let theme = Round(
        states: (.themeOpen, .themeRequested, .themeProposed, .themeConfirmed), next: .worldOpen,
        facts: (.themeRequested, .themeProposed, .themeRevised, .themeConfirmed))
    private static let world = Round(
        states: (.worldOpen, .worldRequested, .worldProposed, .worldConfirmed), next: .castOpen,
        facts: (.worldRequested, .worldProposed, .worldUpdated, .worldConfirmed))
    private static let plot = Round(
        states: (.plotOpen, .plotRequested, .plotProposed, .plotConfirmed), next: .detailsOpen,
        facts: (.plotRequested, .plotProposed, .plotUpdated, .plotConfirmed))
    private static let details = Round(
        states: (.detailsOpen, .detailsRequested, .detailsGenerated, .detailsConfirmed), next: .allCompleted,
        facts: (.detailsRequested, .detailsGenerated, nil, .detailsConfirmed))

    /// A stage that ends with one thing confirmed.
    private struct Round {
        typealias Phases = (
            open: GenesisState, requested: GenesisState, proposed: GenesisState, confirmed: GenesisState
        )
        typealias Facts = (request: GenesisEvent, propose: GenesisEvent, revise: GenesisEvent?, confirm: GenesisEvent)

        let states: Phases
        let next: GenesisState
        let facts: Facts
        /// May something else be asked for and chosen after the first is confirmed?
        var staysOpen = true

        var rows: [GenesisRow] {
            let firm = [
                GenesisRow(states.open, facts.request, states.requested, "a proposal is asked for"),
                GenesisRow(states.requested, facts.request, states.requested, "asked for again"),
                GenesisRow(states.requested, facts.propose, states.proposed, "there is something to choose from"),
                GenesisRow(states.proposed, facts.request, states.proposed, "asked for more; the earlier ones stay"),
                GenesisRow(states.proposed, facts.propose, states.proposed, "one more to choose from"),
                GenesisRow(states.proposed, facts.confirm, states.confirmed, "somebody chose"),
                GenesisRow(states.confirmed, .stageCompleted, next, "the stage is done"),
            ]
            let again = [
                GenesisRow(states.confirmed, facts.request, states.confirmed, "asked for more; the choice stands"),
                GenesisRow(states.confirmed, facts.propose, states.confirmed, "one more to choose from"),
                GenesisRow(states.confirmed, facts.confirm, states.confirmed, "somebody chose otherwise"),
            ]
            let revised = facts.revise.map { revise in
                [
                    GenesisRow(states.proposed, revise, states.proposed, "the proposal is changed"),
                    GenesisRow(states.confirmed, revise, states.proposed, "what is changed must be confirmed anew"),
                ]
            }
            return firm + (staysOpen ? again : []) + (revised ?? [])
        }
    }

    /// Characters are confirmed one by one, and joined by a network when they are three or more.
    private static let cast: [GenesisRow] = {
        let counts: [GenesisState] = [.castProposed, .oneConfirmed, .twoConfirmed, .manyConfirmed, .networkMade]
        let each = counts.flatMap { state in
            [
                GenesisRow(state, .characterRequested, state, "one more is asked for"),
                GenesisRow(state, .characterProposed, state, "one more to choose from"),
                GenesisRow(state, .characterUpdated, state, "one is changed"),
            ]
        }
        let confirmed: [(GenesisState, GenesisState)] =
            Array(zip(counts.dropLast(2), counts.dropFirst())) + [
                (.manyConfirmed, .manyConfirmed), (.networkMade, .networkMade),
            ]
        let joined: [GenesisState] = [.twoConfirmed, .manyConfirmed, .networkMade]
        let complete: [GenesisState] = [.oneConfirmed, .twoConfirmed, .networkMade]
        return [
            GenesisRow(.castOpen, .characterRequested, .castRequested, "a proposal is asked for"),
            GenesisRow(.castRequested, .characterRequested, .castRequested, "asked for again"),
            GenesisRow(.castRequested, .characterProposed, .castProposed, "there is somebody to choose"),
        ] + each + confirmed.map { GenesisRow($0, .characterConfirmed, $1, "somebody chose one") }
            + joined.map { GenesisRow($0, .characterNetworkCreated, .networkMade, "they know each other") }
            + complete.map { GenesisRow($0, .stageCompleted, .plotOpen, "the stage is done") }
    }()

    private static let ends: [GenesisRow] = {
        let open = GenesisState.allCases.filter { ![.absent, .finished, .failed].contains($0) }
        return [GenesisRow(.allCompleted, .sessionFinished, .finished, "all six stages are done")]
            + open.map { GenesisRow($0, .sessionFailed, .failed, "it cannot go on") }
            + open.map { GenesisRow($0, .branchCreated, $0, "a second line begins here; this one stays") }
            + [GenesisState.finished, .failed].map {
                GenesisRow($0, .branchCreated, $0, "a new line begins at an earlier version; this one stays")
            }
    }()
}
