// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import Wire

/// Does what `ainer contracts` was asked for.
struct ContractsRun {
    let command: ContractsCommand

    func run() throws -> Int32 {
        switch command {
        case .list(let catalogue, let isJSON):
            let entries = Registry.standard.entries.filter { catalogue == nil || $0.catalogue == catalogue }
            if isJSON {
                say(try pretty(.array(entries.map(\.record))))
            } else {
                say(ContractsText.list(entries).dropLast())
            }
        case .show(let name, let catalogue, let isJSON): try show(name, catalogue, isJSON)
        case .validate(let file, let isJSON): return try validate(file, isJSON)
        case .export(let folder): try export(to: folder)
        }
        return ExitCode.done
    }

    // MARK: show

    private func show(_ name: String, _ catalogue: Catalogue?, _ isJSON: Bool) throws {
        let known = Registry.standard.entries.first { $0.name == name && (catalogue ?? $0.catalogue) == $0.catalogue }
        if let entry = known {
            return say(isJSON ? try pretty(entry.schema202012) : ContractsText.show(entry))
        }
        if let shape = Shape.contracts.first(where: { $0.name == name }) {
            return say(isJSON ? try pretty(shape.jsonSchema) : ContractsText.show(shape))
        }
        if let event = GenesisCommand.event(of: name) {
            let map = JSONValue.object([name: .string(event.rawValue)])
            return say(isJSON ? try pretty(map) : "\(name) becomes \(event.rawValue)")
        }
        if let unit = Unit.named(name) {
            return say(
                isJSON ? try pretty(unit.record) : "\(name) is a \(unit.kind.rawValue) of \(unit.domain.rawValue)")
        }
        throw Stop(
            .notFound, status: ExitCode.usage,
            "nothing is called \"\(name)\"; `ainer contracts list` shows every event, "
                + "and these contracts stand beside them: \(Shape.contracts.map(\.name).joined(separator: " "))")
    }

    // MARK: validate

    private func validate(_ file: String, _ isJSON: Bool) throws -> Int32 {
        let name = file == "-" ? "stdin" : file
        var faults = 0
        var line = 0
        for text in try read(file).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            if text.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
            do throws(EnvelopeRefusal) {
                _ = try EnvelopeReader.read(Array(text))
            } catch {
                faults += 1
                say(isJSON ? record(error, line) : "\(name):\(line): \(error)")
            }
        }
        return faults == 0 ? ExitCode.done : ExitCode.failed
    }

    private func record(_ refusal: EnvelopeRefusal, _ line: Int) -> String {
        let fault = JSONValue.object([
            "line": .integer(Int64(line)), "reason": .string(refusal.reason.rawValue), "path": .string(refusal.path),
            "detail": .string(refusal.detail), "error_code": .string(refusal.report.errorCode.rawValue),
        ])
        return String(decoding: JSON.text(of: fault), as: UTF8.self)
    }

    private func read(_ file: String) throws -> [UInt8] {
        if file == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: file)))
        } catch {
            throw Stop(
                .inputUnreadable, status: ExitCode.unreadable, "\(file) cannot be read: \(error.localizedDescription)")
        }
    }

    // MARK: export

    private func export(to folder: String) throws {
        let files = ContractFile.all()
        do {
            for file in files { try write(file, into: folder) }
        } catch {
            throw Stop(
                .outputUnwritable, status: ExitCode.unwritable,
                "\(folder) cannot be written: \(error.localizedDescription)")
        }
        say("\(files.count) files in \(folder)")
    }

    private func write(_ file: ContractFile, into folder: String) throws {
        let url = URL(fileURLWithPath: folder).appendingPathComponent(file.path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.bytes()).write(to: url)
    }

    private func pretty(_ value: JSONValue) throws -> String {
        String(decoding: try JSON.encodePretty(value).dropLast(), as: UTF8.self)
    }
}

extension ContractFile {
    func bytes() throws -> [UInt8] {
        switch content {
        case .json(let value): try JSON.encodePretty(value)
        case .text(let text): Array(text.utf8)
        }
    }
}
