// Contracts · pure · sees nothing

/// Where a creation session is, and how many facts brought it there.
package struct GenesisCourse: Equatable, Sendable {
    package private(set) var state: GenesisState
    /// The number of the newest fact; the first is 1, and there is none missing.
    package private(set) var version: Int

    package init() {
        state = StateMachines.genesis.start
        version = 0
    }

    /// Takes the next fact. One that is not legal, or not the next, is refused and changes nothing.
    package mutating func apply(_ event: GenesisEvent, version number: Int) throws(FailureReport) {
        guard number == version + 1 else {
            throw FailureReport(
                .illegalTransition, "session: \(event.rawValue) is number \(number) and \(version + 1) is the next",
                owner: StateMachines.genesis.owner, nextStep: "read the session again and decide anew")
        }
        state = try StateMachines.genesis.after(state, event)
        version = number
    }

    /// What a user may ask for now.
    package var commands: [GenesisCommand] {
        StateMachines.genesis.legal(in: state).compactMap(\.move.command)
    }
}
