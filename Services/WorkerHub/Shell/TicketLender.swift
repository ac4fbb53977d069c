// WorkerHubShell · shell · sees Contracts, Policies, Ports, Telemetry, WorkerHubCore
package import Contracts
package import Ports

/// Writes into tickets what workers need that know no store: a link to every input, and places for what they make.
package struct TicketLender: Sendable {
    /// A ticket that lay longer fails at its first input, and the next attempt has links of its own.
    package static let lasting = Duration.seconds(86_400)

    private let objects: any ObjectStore

    package init(objects: any ObjectStore) { self.objects = objects }

    package func lend(_ ticket: JobTicket, at now: Timestamp) async throws(StoreFailure) -> JobTicket {
        let until = now + Self.lasting
        var links = TicketLinks(inputs: [], outputs: [], until: until)
        var lent: Set<ObjectKey> = []
        for key in ticket.order.inputs.compactMap(\.key) where lent.insert(key).inserted {
            links.inputs.append(TicketLinks.Input(key, try await objects.link(.get(key), until: until)))
        }
        for place in 0..<JobTicket.places {
            let name = JobTicket.stagingName(ticket.stagingPrefix, place)
            let link = try await objects.link(.put(name, announced: nil), until: until)
            links.outputs.append(TicketLinks.Output(name, link))
        }
        var ticket = ticket
        ticket.links = links
        return ticket
    }
}
