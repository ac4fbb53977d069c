// Settings · environment · sees nothing

/// The model that is asked about stories, if there is one.
package struct ModelSettings: Sendable {
    package static let urlSetting = Setting(
        "AINER_LLM_URL", "a model that reads stories, by the chat API that most providers speak: http://host:11434/v1",
        standard: "none: rules read")
    package static let modelSetting = Setting(
        "AINER_LLM_MODEL", "what that model is called there", standard: "none; AINER_LLM_URL needs it")
    package static let keySetting = Setting(
        "AINER_LLM_KEY", "what is shown to its provider; AINER_LLM_KEY_FILE names a file with it", standard: "nothing")
    package static let all = [urlSetting, modelSetting, keySetting]

    package let url: String
    package let model: String
    package let key: Secret?

    /// Nil when nobody wants one. Faults are left with the reader.
    package init?(_ reader: inout SettingsReader) {
        let url = reader.url(Self.urlSetting, schemes: ["http", "https"])
        let model = reader.text(Self.modelSetting)
        let key = reader.secret(Self.keySetting)
        guard let url else {
            if model != nil || key != nil {
                reader.complain("AINER_LLM_MODEL and AINER_LLM_KEY need AINER_LLM_URL: set it, or unset them")
            }
            return nil
        }
        guard !url.contains("@") else {
            reader.complain("AINER_LLM_URL names a user: what is shown to the provider is AINER_LLM_KEY")
            return nil
        }
        guard let model else {
            reader.complain("AINER_LLM_URL needs AINER_LLM_MODEL: what the model is called there")
            return nil
        }
        self.url = url
        self.model = model
        self.key = key
    }
}
