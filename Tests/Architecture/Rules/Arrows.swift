// ArchitectureTests · tests · sees nothing

/// Which room may follow which arrow.
enum Arrows {
    /// Every dependency in the manifest is one the floor plan allows.
    static func planned(_ manifest: Manifest, _ plan: FloorPlan) -> [Violation] {
        manifest.targets.flatMap { target -> [Violation] in
            guard let row = plan.row(of: target.name) else {
                return [violation(target, "\(target.name) has no row in the floor plan of docs/architecture.md")]
            }
            return target.sees.filter { !allows(row, $0, manifest) }.map {
                violation(target, "\(target.name) sees \($0), which the floor plan does not allow")
            }
        }
    }

    /// A file imports what its target declares. The compiler also finds what a declared room sees in its turn, and the
    /// package manager's own check lets that pass; an arrow nobody drew is found here.
    static func declared(_ files: [SourceFile], _ manifest: Manifest) -> [Violation] {
        files.flatMap { file -> [Violation] in
            guard let target = manifest.target(of: file.path) else { return [] }
            return file.imports.filter { manifest.target(named: $0.module) != nil && !target.sees.contains($0.module) }
                .map { file.violation("arrows", at: $0.line, "\(target.name) does not declare \($0.module)") }
        }
    }

    /// Services meet in Contracts. WorkerKit is a kit, and wiring and tests are where services are put together.
    static func betweenServices(_ manifest: Manifest, _ plan: FloorPlan) -> [Violation] {
        manifest.targets.filter { plan.row(of: $0.name)?.kind != "wiring" && !$0.isTest }.flatMap { target in
            target.sees.compactMap { name -> Violation? in
                guard let seen = manifest.target(named: name)?.service, let own = target.service, seen != own,
                    seen != "WorkerKit"
                else { return nil }
                return violation(target, "\(target.name) sees \(name): services meet in Contracts only")
            }
        }
    }

    /// A library in C has one door; a shim in C that stands on it is a library too, with a door of its own.
    static func oneDoorPerLibrary(_ manifest: Manifest) -> [Violation] {
        manifest.targets.filter(\.isC).compactMap { library in
            let doors = manifest.targets.filter { !$0.isC && $0.sees.contains(library.name) }.map(\.name)
            guard doors.count > 1 else { return nil }
            return violation(library, "\(library.name) is opened by \(doors.joined(separator: " and "))")
        }
    }

    /// What is on the plan is in the house: a row without a target would be a wish.
    static func noEmptyRows(_ manifest: Manifest, _ plan: FloorPlan) -> [Violation] {
        plan.rows.filter { !$0.room.hasPrefix("{S}") && manifest.target(named: $0.room) == nil }.map {
            Violation(rule: "arrows", path: "docs/architecture.md", line: 1, complaint: "\($0.room) is not built")
        }
    }

    private static func allows(_ row: FloorPlan.Row, _ name: String, _ manifest: Manifest) -> Bool {
        if row.maySee.contains(name) { return true }
        guard row.maySee.first == FloorPlan.everything, let seen = manifest.target(named: name) else { return false }
        return !seen.isC && (!seen.isTest || row.kind == "tests")
    }

    private static func violation(_ target: Manifest.Target, _ complaint: String) -> Violation {
        Violation(rule: "arrows", path: "Package.swift", line: 1, complaint: complaint)
    }
}
