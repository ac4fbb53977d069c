// AinerCLICore · pure · sees Contracts, Policies
import Contracts

/// The catalogues as a page for people.
enum EventsPage {
    static func text(of registry: Registry) -> String {
        let catalogues = Catalogue.allCases.map { catalogue in
            section(catalogue, registry.entries.filter { $0.catalogue == catalogue })
        }
        return head + catalogues.joined()
    }

    private static let head = """
        # Events

        Everything services say to each other is one `EventEnvelope` (`Contracts/Envelope`); its type is known by the pair
        of catalogue and name. The topic is the routing key it is published with; each consumer group has its own queue
        `ainer.<topic>.<consumer>`. `job.exec` and `node.control` are no topics: what is said there goes to one queue.
        What a payload must hold stands in `schemas/<catalog>/<type>.json`. A payload over 64 KiB is stored, and
        `{ref, count, ids}` is carried in its place.

        This page and the files beside it are written by `ainer contracts export --out docs/contracts` from the tables in
        `Contracts/Catalogues`; a test fails when they differ.

        """

    private static func section(_ catalogue: Catalogue, _ entries: [EventEntry]) -> String {
        let rows = entries.map { entry in
            let producers = entry.producers.map(\.rawValue).joined(separator: ", ")
            let phase = entry.lifecycle == .live ? "" : " *(\(entry.lifecycle.rawValue))*"
            return "| `\(entry.name)`\(phase) | \(producers) | \(entry.topic.rawValue) | \(entry.visibility.rawValue) "
                + "| \(entry.persistence.rawValue) | \(entry.meaning) |\n"
        }
        return """

            ## \(catalogue.rawValue): \(entries.count) types

            \(catalogue.nameRule)

            | event | said by | topic | shown to | kept | said when |
            |---|---|---|---|---|---|

            """ + rows.joined()
    }
}
