// Ports · doors · sees Contracts

/// Somebody who reads a stream and waits for what comes. Whoever made it ends it.
package struct StreamFollower: Sendable {
    private let coordination: any Coordination
    private let stream: String
    private let bell: Listener

    /// Listens from now on, so that nothing is added unnoticed between a look and a wait.
    package init(_ stream: String, of coordination: any Coordination) async throws(CoordinationFailure) {
        self.coordination = coordination
        self.stream = stream
        bell = try await coordination.bell(of: stream)
    }

    /// What stands behind the cursor; when there is nothing, waits that long for something. The page may be empty.
    package func next(
        after cursor: StreamCursor, limit: Int, within time: Duration
    ) async throws(CoordinationFailure) -> StreamPage {
        let end = ContinuousClock.now + time
        while true {
            let page = try await coordination.read(stream, after: cursor, limit: limit)
            let left = end - .now
            if !page.entries.isEmpty || page.hasGap || left <= .zero || bell.hasEnded { return page }
            _ = try await bell.next(within: left)
        }
    }

    package func end() async { await bell.end() }
}
