// Opening · wiring · sees everything
package import Advice
import ChatDriver
import Foundation
import HTTPClientDriver
package import Ports
package import Settings

extension ModelSettings {
    /// Somebody to ask about stories.
    package func adviser(clock: any WallClock) throws -> Adviser {
        var options = HTTPClientOptions.reading(ProcessInfo.processInfo.environment)
        options.name = "model"
        let chat = ChatOptions(url: url, model: model, key: key?.revealed)
        // The reader of the settings takes none but URLs.
        guard let model = ChatModel(chat, client: try HTTPClient(options)) else {
            throw SettingsFault(faults: ["AINER_LLM_URL is no URL"])
        }
        return Adviser(model, clock: clock)
    }
}
