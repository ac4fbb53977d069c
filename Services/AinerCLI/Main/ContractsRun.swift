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
            return say(isJSON ? try pretty(entry.jsonSchema) : ContractsText.show(entry))
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

    /// Tells the first fault of each line as it is read, and the sum at the end.
    private func validate(_ file: String, _ isJSON: Bool) throws -> Int32 {
        let name = file == "-" ? "stdin" : file
        var good = 0
        var refused = 0
        for (number, text) in LineReader(of: try open(file)).enumerated() {
            if text.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
            do throws(EnvelopeRefusal) {
                _ = try EnvelopeReader.read(Array(text))
                good += 1
            } catch {
                refused += 1
                say(isJSON ? record(error, number + 1) : "\(name):\(number + 1): \(error)")
            }
        }
        let sum = good == 1 ? "1 envelope is good" : "\(good) envelopes are good"
        guard refused > 0 else {
            complain(good == 0 ? "there is no envelope in \(name): one a line is expected" : sum)
            return ExitCode.done
        }
        complain("\(sum), \(refused) refused\nainer explain \(ErrorCode.requestValidation.rawValue)")
        return ExitCode.failed
    }

    private func record(_ refusal: EnvelopeRefusal, _ line: Int) -> String {
        let fault = JSONValue.object([
            "line": .integer(Int64(line)), "reason": .string(refusal.reason.rawValue), "path": .string(refusal.path),
            "detail": .string(refusal.detail), "error_code": .string(refusal.report.errorCode.rawValue),
        ])
        return String(decoding: JSON.text(of: fault), as: UTF8.self)
    }

    private func open(_ file: String) throws -> FileHandle {
        if file == "-" { return .standardInput }
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
        guard isThere, !isFolder.boolValue, let handle = FileHandle(forReadingAtPath: file) else {
            let cause = isFolder.boolValue ? "it is a folder" : isThere ? "you may not" : "there is no such file"
            throw Stop(.inputUnreadable, status: ExitCode.unreadable, "\(file) cannot be read: \(cause)")
        }
        return handle
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
