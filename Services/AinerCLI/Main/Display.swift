// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import OrchestratorCore
import Synchronization
import Telemetry
import Wire

/// What a person sees while a film is made: five bars on a terminal, plain sentences elsewhere, events as JSON lines.
final class Display: Sendable {
    private enum Style {
        case live
        case plain
        case json
    }

    private struct Screen {
        var board = Board()
        var drawnLines = 0
        var told: Set<Board.Row> = []
        var shownNotices = 0
    }

    /// The command that goes on where this one was stopped.
    private let again: String
    private let style: Style
    private let screen = Mutex(Screen())

    init(isJSON: Bool, again: String) {
        self.again = again
        let isTerminal = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
        style = isJSON ? .json : isTerminal ? .live : .plain
    }

    func open(_ options: MakeOptions, story: [UInt8], on host: String = "this machine") {
        guard style != .json else { return }
        let words = String(decoding: story, as: UTF8.self).split(whereSeparator: \.isWhitespace).count
        say("AINER \(Version.text) · built-in engines on \(host) · cost 0.00")
        say("  \(options.file) · \(words) words · \(options.quality.rawValue) quality · seed \(options.seed)")
    }

    func begin(_ run: RunID) {
        guard style != .json else { return }
        say("  \(run)\n")
        draw()
    }

    func catchUp(with state: RunState) {
        let sights = Watcher.sights(of: state)
        let done = state.jobs.count { $0.status == .succeeded }
        screen.withLock { screen in sights.forEach { screen.board.fold($0) } }
        if done > 0, !state.status.isFinal, style != .json { say("  going on where it was: \(done) jobs are done\n") }
        draw()
    }

    func show(_ envelope: EventEnvelope, _ body: [UInt8]) throws {
        if style == .json { return say(String(decoding: body, as: UTF8.self)) }
        let sights = [try Watcher.plan(in: envelope), try Watcher.sight(in: envelope)].compactMap(\.self)
        screen.withLock { screen in sights.forEach { screen.board.fold($0) } }
        if !sights.isEmpty { draw() }
    }

    func close() {
        if style == .live { say("") }
    }

    func interrupted() {
        guard style != .json else { return }
        say("stopped; nothing is lost. The same command goes on from here:\n  \(again)")
    }

    func failed(_ state: RunState) {
        guard let failure = state.failure else { return }
        let job = state.jobs.first { $0.status == .failed }
        failed(failure, at: job.map { board.name($0.jobType, $0.unit) } ?? "run")
    }

    private func failed(_ failure: FailureReport, at place: String) {
        guard style != .json else { return }
        say("✖ \(place)  \(failure.errorCode.rawValue)  \(failure.retryable ? "retryable" : "final")")
        say("  \(failure.message)")
        if !failure.nextStep.isEmpty { say("  next: \(failure.nextStep)") }
        say(LastWords.hint(failure.errorCode))
    }

    /// The end of a run that somebody else makes.
    func over(_ run: RunSheet) {
        guard style != .json else { return }
        if let failure = run.latestError, run.status == .failed { return failed(failure, at: board.place ?? "run") }
        guard run.status == .succeeded else { return say("✖ \(run.status.rawValue)") }
        say("✔ done\n  ainer artifacts \(run.runID) -o FOLDER")
    }

    func done(_ state: RunState, _ files: [Export.File], after time: Duration) {
        let shots = state.jobs.count { $0.jobType == .renderVideo }
        let lines = state.jobs.count { $0.jobType == .synthAudio }
        let retries = state.jobs.reduce(0) { $0 + $1.failures }
        done("\(shots) shots · \(lines) lines · \(retries) retries", files, after: time)
    }

    func done(_ files: [Export.File], after time: Duration) {
        let board = board
        let (shots, lines) = (board.tallies[.pictures]?.expected ?? 0, board.tallies[.voices]?.expected ?? 0)
        done("\(shots) shots · \(lines) lines · \(board.notices.count) retries", files, after: time)
    }

    private func done(_ counts: String, _ files: [Export.File], after time: Duration) {
        guard style != .json else { return }
        say("✔ done in \(String(format: "%.1f", time.inSeconds)) s · \(counts)")
        for file in files { say("  \(file.role.padded(to: 11)) \(file.path.padded(to: 28)) \(file.remark)") }
    }

    private var board: Board { screen.withLock { $0.board } }

    /// What was drawn otherwise than asked, and what was tried again.
    func notices() {
        guard style != .json else { return }
        for notice in screen.withLock({ $0.board.notices }) { say("  note: \(notice)") }
    }

    private func draw() {
        screen.withLock { screen in
            switch style {
            case .json: break
            case .live: redraw(&screen)
            case .plain: tell(&screen)
            }
        }
    }

    private func redraw(_ screen: inout Screen) {
        let lines = screen.board.lines()
        let up = screen.drawnLines > 0 ? "\u{1B}[\(screen.drawnLines)A" : ""
        screen.drawnLines = lines.count
        put(up + lines.map { "\u{1B}[2K\($0)\n" }.joined())
    }

    /// A line each time a row is complete.
    private func tell(_ screen: inout Screen) {
        let lines = screen.board.lines()
        for (row, line) in zip(Board.Row.allCases, lines) where screen.board.tallies[row]?.isDone == true {
            if screen.told.insert(row).inserted { say(line) }
        }
    }
}
