// DoorTests · tests · sees Settings
import Settings
import Testing

@Suite("The environment")
struct SettingsTests {
    private static let text = Setting("AINER_TEXT", "", standard: "")
    private static let number = Setting("AINER_NUMBER", "", standard: "")
    private static let wait = Setting("AINER_WAIT", "", standard: "")
    private static let size = Setting("AINER_SIZE", "", standard: "")
    private static let flag = Setting("AINER_FLAG", "", standard: "")
    private static let key = Setting("AINER_KEY", "", standard: "")
    private static let url = Setting("AINER_URL", "", standard: "")

    @Test("tells everything that is wrong with it at once, each with what helps")
    func all() throws {
        var reader = SettingsReader([
            "AINER_NUMBER": "many", "AINER_WAIT": "5 parsecs", "AINER_SIZE": "9XB", "AINER_FLAG": "perhaps",
            "AINER_TEXT": "a\nb", "AINER_URL": "ftp://me:sesame@host", "AINER_NUMBRE": "1", "PATH": "/bin",
        ])
        _ = reader.number(Self.number, in: 1...9, else: 1)
        _ = reader.duration(Self.wait, in: .seconds(1) ... .seconds(90), else: .seconds(1))
        _ = reader.size(Self.size, in: 1...1024, else: 1)
        _ = reader.flag(Self.flag)
        _ = reader.text(Self.text)
        _ = reader.url(Self.url, schemes: ["http", "https"])
        let fault = #expect(throws: SettingsFault.self) { try reader.finish() }
        #expect(
            fault?.faults == [
                "AINER_NUMBER is \"many\": give a number from 1 to 9",
                "AINER_WAIT is \"5 parsecs\": give a time from 1s to 90s, with a unit: ms, s, m, h or d",
                "AINER_SIZE is \"9XB\": give a size from 1 to 1024 bytes: B, KB, MB or GB",
                "AINER_FLAG is \"perhaps\": give yes or no",
                "AINER_TEXT has a line break or another control character in it",
                "AINER_URL is not a URL that begins with http:// or https://",
                "AINER_NUMBRE is not a setting: did you mean AINER_NUMBER?",
            ])
        #expect(fault?.description.contains("sesame") == false)
    }

    @Test("gives what is set, and what holds when nobody sets it; empty is not set")
    func values() throws {
        var reader = SettingsReader([
            "AINER_NUMBER": "7", "AINER_WAIT": "250ms", "AINER_SIZE": "2KB", "AINER_FLAG": "ON", "AINER_TEXT": "",
        ])
        #expect(reader.number(Self.number, in: 1...9, else: 1) == 7)
        #expect(reader.duration(Self.wait, in: .zero ... .seconds(9), else: .zero) == .milliseconds(250))
        #expect(reader.size(Self.size, in: 1...4096, else: 1) == 2048)
        #expect(reader.flag(Self.flag) == true)
        #expect(reader.text(Self.text) == nil)
        #expect(reader.url(Self.url, schemes: ["http"]) == nil)
        #expect(reader.secret(Self.key) == nil)
        try reader.finish()
    }

    @Test(
        "knows times with a unit only",
        arguments: [
            ("1s", Duration.seconds(1)), ("90m", .seconds(5400)), ("2h", .seconds(7200)), ("7d", .seconds(604_800)),
            ("0", .zero), ("5", nil), ("s", nil), ("-1s", nil), ("1.5s", nil), ("99999999999999999999s", nil),
            ("1000000001d", nil), ("٣s", nil),
        ])
    func times(_ text: String, _ expected: Duration?) { #expect(SettingsReader.duration(text) == expected) }

    @Test("takes a secret from its variable or from a file, and shows it to nobody")
    func secrets() throws {
        let files = ["/run/key": "sesame\n", "/run/empty": "\n"]
        func read(_ environment: [String: String]) -> (Secret?, [String]) {
            var reader = SettingsReader(environment) { files[$0] }
            let secret = reader.secret(Self.key)
            do throws(SettingsFault) { try reader.finish() } catch { return (secret, error.faults) }
            return (secret, [])
        }
        #expect(read(["AINER_KEY": "open"]).0?.revealed == "open")
        let fromFile = read(["AINER_KEY_FILE": "/run/key"])
        #expect(fromFile.0?.revealed == "sesame")
        #expect(fromFile.1.isEmpty)
        #expect(read(["AINER_KEY_FILE": "/run/none"]).1 == ["AINER_KEY_FILE names /run/none, which cannot be read"])
        #expect(read(["AINER_KEY_FILE": "/run/empty"]).1 == ["AINER_KEY_FILE names /run/empty, which is empty"])
        let both = read(["AINER_KEY": "open", "AINER_KEY_FILE": "/run/key"])
        #expect(both.1 == ["AINER_KEY and AINER_KEY_FILE are both set: unset one of them"])
        let secret = Secret("sesame")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!"\(secret) \(String(reflecting: secret)) \([secret]) \(dumped)".contains("sesame"))
    }

    @Test("describes every setting of ainer, each once")
    func described() {
        #expect(Set(Settings.all.map(\.name)).count == Settings.all.count)
        #expect(Settings.all.allSatisfy { $0.name.hasPrefix("AINER_") && !$0.meaning.isEmpty && !$0.standard.isEmpty })
    }
}
