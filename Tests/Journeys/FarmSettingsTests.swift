// JourneyTests · tests · sees Opening, Settings
import Opening
import Settings
import Testing

@Suite("The settings of a farm")
struct FarmSettingsTests {
    private func caps(_ text: String) throws(SettingsFault) -> (own: [String: Int], standard: Int?) {
        var reader = SettingsReader(["AINER_TENANT_CAPS": text])
        let caps = FarmSettings.caps(&reader)
        try reader.finish()
        return caps
    }

    @Test("cap tenants by name, and everybody else")
    func tenants() throws {
        let (own, standard) = try caps("studio-a=20, studio-b=3,*=8")
        #expect(own == ["studio-a": 20, "studio-b": 3] && standard == 8)
        #expect(try caps("studio-a=20").standard == nil)
    }

    @Test("refuse caps that are none", arguments: ["8", "a=", "=3", "a=0", "a=many", "a=1=2"])
    func wrong(text: String) {
        let fault = #expect(throws: SettingsFault.self) { try caps(text) }
        #expect(fault?.description.contains("AINER_TENANT_CAPS") == true)
    }
}
