// Kit · tests · sees Contracts, Ports, Delivery, Embedded, Lanes, FileDriver, ProcessDriver

/// Asks again and again until it is so, for what tells nobody when it happens. False when the time is over.
package func eventually(
    within patience: Duration = .seconds(30), _ isSo: () async throws -> Bool
) async throws -> Bool {
    let end = ContinuousClock.now + patience
    while try await !isSo() {
        guard .now < end else { return false }
        try await Task.sleep(for: .milliseconds(10))  // the one place where a test waits for time to pass
    }
    return true
}
