// ArchitectureTests · tests · sees nothing

/// The table of rooms in docs/architecture.md: which room is of which kind and may see which others.
struct FloorPlan: Sendable {
    struct Row: Sendable, Hashable {
        /// A name, or a pattern such as `{S}Core` where `{S}` is one service.
        let room: String
        let kind: String
        let maySee: [String]
    }

    let rows: [Row]

    static let everything = "everything"

    /// Reads the rows of the table whose first heading is `room`.
    init(page: String) {
        let cells = page.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
        }
        rows = cells.drop { $0.first != "room" }.dropFirst(2).prefix { $0.count == 3 }.flatMap { cell in
            Self.names(in: cell[0]).map { room in
                let sees = cell[2].hasPrefix(Self.everything) ? [Self.everything] : []
                return Row(room: room, kind: cell[1], maySee: sees + Self.names(in: cell[2]))
            }
        }
    }

    /// The row of a room: by its own name first, by a pattern otherwise, with the service's name filled in.
    func row(of room: String) -> Row? {
        if let row = rows.first(where: { $0.room == room }) { return row }
        for row in rows where row.room.hasPrefix("{S}") && room.hasSuffix(row.room.dropFirst(3)) {
            let service = room.dropLast(row.room.utf8.count - 3)
            return Row(
                room: room, kind: row.kind,
                maySee: row.maySee.map { $0.hasPrefix("{S}") ? String(service + $0.dropFirst(3)) : $0 })
        }
        return nil
    }

    func isPure(_ room: String) -> Bool { row(of: room)?.kind == "pure" }

    /// What stands between backticks.
    private static func names(in cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
            .map { String($0.element) }
    }
}
