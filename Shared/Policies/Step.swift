// Policies · pure · sees Contracts

/// What a machine answers to an event: where it is now, and what it wishes done.
package struct Step<State: Equatable & Sendable, Effect: Equatable & Sendable>: Equatable, Sendable {
    package var state: State
    package var effects: [Effect]

    package init(state: State, effects: [Effect] = []) {
        self.state = state
        self.effects = effects
    }
}
