// Conformance · tests · sees Contracts, Ports

/// Opens once, for everybody who waits at it.
package actor Gate {
    private var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init() {}

    package func open() {
        isOpen = true
        for waiter in waiting { waiter.resume() }
        waiting = []
    }

    /// Waits until it is open. Cancellation is no way through.
    package func wait() async {
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }
}
