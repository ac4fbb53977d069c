// ArchitectureTests · tests · sees nothing

/// The first line of a file says where one stands: `// Target · kind · sees Room, Room`.
///
/// - The target is the one whose folder the file lies in.
/// - The kind is one word; a file of a pure room says `pure`.
/// - `sees` names rooms of the manifest's list for this target, and every one of ours that the file imports. Outside of
///   tests and wiring it is the whole list; libraries in C may be left out.
/// - `wiring` may say `sees everything …`; a room without a line of code yet says `// Target · not built yet`.
enum HeadLines {
    static func kept(_ files: [SourceFile], _ manifest: Manifest, _ plan: FloorPlan) -> [Violation] {
        files.flatMap { file -> [Violation] in
            complaints(file, manifest, plan).map { file.violation("head line", at: 1, $0) }
        }
    }

    private static func complaints(_ file: SourceFile, _ manifest: Manifest, _ plan: FloorPlan) -> [String] {
        guard let target = manifest.target(of: file.path) else { return ["the file belongs to no target"] }
        if file.firstLine == "// \(target.name) · not built yet" { return file.tokens.isEmpty ? [] : ["it is built"] }
        guard let head = Head(file.firstLine) else {
            return ["the first line must read // \(target.name) · kind · sees …"]
        }
        var complaints: [String] = []
        if head.target != target.name { complaints.append("the head says \(head.target), the folder \(target.name)") }
        if plan.isPure(target.name) != (head.kind == "pure") {
            complaints.append("\(target.name) is \(plan.isPure(target.name) ? "" : "not ")pure by the floor plan")
        }
        return complaints + sight(head, file, target, manifest)
    }

    private static func sight(
        _ head: Head, _ file: SourceFile, _ target: Manifest.Target, _ manifest: Manifest
    ) -> [String] {
        if head.kind == "wiring" && head.sees.first?.hasPrefix("everything") == true { return [] }
        let given = Set(target.sees)
        let said = Set(head.sees)
        let imported = Set(file.imports.map(\.module)).intersection(manifest.targets.map(\.name))
        let rooms = given.filter { manifest.target(named: $0)?.isC == false }
        let isLoose = target.isTest || head.kind == "wiring"
        let wanted = (isLoose ? imported : rooms).filter { manifest.target(named: $0)?.isC == false }
        var complaints: [String] = []
        if !said.isSubset(of: given) {
            complaints.append("the manifest does not give it \(list(said.subtracting(given)))")
        }
        if !wanted.isSubset(of: said) { complaints.append("the head leaves out \(list(wanted.subtracting(said)))") }
        if said.count != head.sees.count { complaints.append("the head names a room twice") }
        return complaints
    }

    private static func list(_ names: Set<String>) -> String { names.sorted().joined(separator: ", ") }
}

/// A first line taken apart.
private struct Head {
    let target: String
    let kind: String
    let sees: [String]

    init?(_ line: String) {
        guard line.hasPrefix("// ") else { return nil }
        let parts = line.dropFirst(3).split(separator: " · ").map(String.init)
        guard parts.count == 3, !parts[1].contains(" "), parts[2].hasPrefix("sees ") else { return nil }
        target = parts[0]
        kind = parts[1]
        let names = parts[2].dropFirst(5).split(separator: ", ").map(String.init)
        sees = names == ["nothing"] ? [] : names
    }
}
