// Settings · environment · sees nothing
import Foundation

/// Reads settings one by one and remembers what is wrong with each, so that whoever set them hears it all at once.
///
/// A value that is set and empty counts as not set: that is what compose files leave behind.
package struct SettingsReader {
    private let environment: [String: String]
    private let readFile: (String) -> String?
    private var faults: [String] = []
    private var known: Set<String> = []

    /// `readFile` answers a file's text; secrets may lie in files.
    package init(
        _ environment: [String: String],
        readFile: @escaping (String) -> String? = { try? String(contentsOfFile: $0, encoding: .utf8) }  // nil is told
    ) {
        self.environment = environment
        self.readFile = readFile
    }

    package mutating func complain(_ fault: String) { faults.append(fault) }

    /// `nil` when nobody set it.
    package mutating func text(_ setting: Setting) -> String? {
        known.insert(setting.name)
        guard let value = environment[setting.name], !value.isEmpty else { return nil }
        guard value.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }) else {
            complain("\(setting.name) has a line break or another control character in it")
            return nil
        }
        return value
    }

    /// From the variable itself, or from the file that `<name>_FILE` names, without its last line break.
    package mutating func secret(_ setting: Setting) -> Secret? {
        let inFile = setting.name + "_FILE"
        known.insert(inFile)
        let value = text(setting)
        guard let path = environment[inFile], !path.isEmpty else { return value.map(Secret.init) }
        guard value == nil else {
            complain("\(setting.name) and \(inFile) are both set: unset one of them")
            return nil
        }
        guard let text = readFile(path) else {
            complain("\(inFile) names \(path), which cannot be read")
            return nil
        }
        let secret = text.hasSuffix("\n") ? String(text.dropLast()) : text
        guard !secret.isEmpty else {
            complain("\(inFile) names \(path), which is empty")
            return nil
        }
        return Secret(secret)
    }

    package mutating func number(_ setting: Setting, in range: ClosedRange<Int>, else standard: Int) -> Int {
        guard let text = text(setting) else { return standard }
        guard let number = Int(text), range.contains(number) else {
            refuse(setting, text, "give a number from \(range.lowerBound) to \(range.upperBound)")
            return standard
        }
        return number
    }

    package mutating func flag(_ setting: Setting, else standard: Bool = false) -> Bool {
        guard let text = text(setting) else { return standard }
        switch text.lowercased() {
        case "1", "yes", "true", "on": return true
        case "0", "no", "false", "off": return false
        default:
            refuse(setting, text, "give yes or no")
            return standard
        }
    }

    package mutating func choice(_ setting: Setting, of words: [String], else standard: String) -> String {
        guard let text = text(setting) else { return standard }
        guard words.contains(text) else {
            let list = words.count > 1 ? words.dropLast().joined(separator: ", ") + " or " : ""
            refuse(setting, text, "give \(list)\(words.last ?? "")")
            return standard
        }
        return text
    }

    /// A whole number and a unit: `250ms`, `30s`, `5m`, `2h`, `7d`.
    package mutating func duration(
        _ setting: Setting, in range: ClosedRange<Duration>, else standard: Duration
    ) -> Duration {
        guard let text = text(setting) else { return standard }
        guard let duration = Self.duration(text), range.contains(duration) else {
            let (least, most) = (Self.words(range.lowerBound), Self.words(range.upperBound))
            refuse(setting, text, "give a time from \(least) to \(most), with a unit: ms, s, m, h or d")
            return standard
        }
        return duration
    }

    /// A whole number and a unit: `64KB`, `10MB`, `2GB`, in powers of 1024.
    package mutating func size(_ setting: Setting, in range: ClosedRange<Int>, else standard: Int) -> Int {
        guard let text = text(setting) else { return standard }
        guard let size = Self.size(text), range.contains(size) else {
            refuse(setting, text, "give a size from \(range.lowerBound) to \(range.upperBound) bytes: B, KB, MB or GB")
            return standard
        }
        return size
    }

    /// A URL whose scheme is one of these. Its password, if it has one, is in no fault.
    package mutating func url(_ setting: Setting, schemes: [String]) -> String? {
        guard let text = text(setting) else { return nil }
        let isOne = schemes.contains { text.lowercased().hasPrefix($0 + "://") && text.count > $0.count + 3 }
        guard isOne, !text.contains(" ") else {
            let list = schemes.map { $0 + "://" }.joined(separator: " or ")
            complain("\(setting.name) is not a URL that begins with \(list)")
            return nil
        }
        return text
    }

    /// Names of ours that nobody asked for are misspellings somebody should hear about. Throws every fault there is.
    package mutating func finish(prefix: String = "AINER_", beside others: Set<String> = []) throws(SettingsFault) {
        for name in environment.keys.sorted() where name.hasPrefix(prefix) && !known.union(others).contains(name) {
            let likely = known.union(others).map { (Self.distance($0, name), $0) }.min { $0 < $1 }
            let hint = likely.flatMap { $0.0 <= 3 ? ": did you mean \($0.1)?" : nil }
            complain("\(name) is not a setting\(hint ?? "")")
        }
        if !faults.isEmpty { throw SettingsFault(faults: faults) }
    }

    private mutating func refuse(_ setting: Setting, _ text: String, _ help: String) {
        complain("\(setting.name) is \"\(text.prefix(80))\": \(help)")
    }
}

// MARK: spellings

extension SettingsReader {
    package static func duration(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), number <= 1_000_000_000 else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": return .milliseconds(number)
        case "s": return .seconds(number)
        case "m": return .seconds(number * 60)
        case "h": return .seconds(number * 3600)
        case "d": return .seconds(number * 86_400)
        default: return number == 0 && text == "0" ? .zero : nil
        }
    }

    package static func size(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number <= 1 << 40 else { return nil }
        switch text.dropFirst(digits.count).uppercased() {
        case "", "B": return number
        case "KB", "K", "KIB": return number << 10
        case "MB", "M", "MIB": return number << 20
        case "GB", "G", "GIB": return number << 30 >= number ? number << 30 : nil
        default: return nil
        }
    }

    private static func words(_ duration: Duration) -> String {
        let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        let units: [(Int64, String)] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s")]
        let unit = units.first { milliseconds >= $0.0 && milliseconds % $0.0 == 0 } ?? (1, "ms")
        return "\(milliseconds / unit.0)\(unit.1)"
    }

    /// How many letters must change to make one of the other.
    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        var row = Array(0...right.count)
        for (line, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for place in right.indices {
                let changed = diagonal + (byte == right[place] ? 0 : 1)
                diagonal = row[place + 1]
                row[place + 1] = min(changed, row[place] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
