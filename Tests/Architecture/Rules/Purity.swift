// ArchitectureTests · tests · sees nothing

/// A pure room computes: the same arguments, the same answer.
enum Purity {
    /// Words that reach for a clock, for chance, for the outside or for another thread.
    private static let foreign: [[String]] =
        [
            "Date", "UUID", "Task", "FileManager", "FileHandle", "Process", "ProcessInfo", "Bundle", "URLSession",
            "Hasher", "hashValue", "Thread", "Mutex", "ContinuousClock", "SuspendingClock",
            "SystemRandomNumberGenerator",
            "getenv",
        ].map { [$0] } + [[".", "random"], ["print", "("], ["shuffled", "("], ["randomElement", "("]]

    static func kept(_ files: [SourceFile], _ manifest: Manifest, _ plan: FloorPlan) -> [Violation] {
        pureFiles(files, manifest, plan).flatMap { file in
            foreign.flatMap { words in
                file.places(of: words).map {
                    file.violation("purity", at: $0.line, "\(words.joined()) has no place in a pure room")
                }
            }
        }
    }

    /// A pure room imports rooms of ours and nothing else; Picture and Sound take their sines and powers from Foundation.
    static func imports(
        _ files: [SourceFile], _ manifest: Manifest, _ plan: FloorPlan, _ exceptions: Exceptions
    ) -> [Violation] {
        let rooms = Set(manifest.targets.filter { !$0.isC }.map(\.name))
        return pureFiles(files, manifest, plan).flatMap { file in
            file.imports.filter { !rooms.contains($0.module) }.compactMap { module, line in
                let isMaths = module == "Foundation" && ["Picture", "Sound"].contains(room(file, manifest))
                if isMaths || exceptions.allows("import", file.path) { return nil }
                return file.violation("purity", at: line, "a pure room does not import \(module)")
            }
        }
    }

    private static func pureFiles(_ files: [SourceFile], _ manifest: Manifest, _ plan: FloorPlan) -> [SourceFile] {
        files.filter { plan.isPure(room($0, manifest)) }
    }

    private static func room(_ file: SourceFile, _ manifest: Manifest) -> String {
        manifest.target(of: file.path)?.name ?? ""
    }
}
