// Contracts · pure · sees nothing

/// What a model said of a story, as far as the story's own words bear it out. Rules keep everything it does not say.
package struct StoryAdvice: Codable, Hashable, Sendable {
    /// Somebody of the story, by the words it has for them.
    package struct Figure: Codable, Hashable, Sendable {
        package var name: String
        package var aliases: [String]
        package var gender: Gender?
        package var age: Age?

        package init(name: String, aliases: [String] = [], gender: Gender? = nil, age: Age? = nil) {
            self.name = name
            self.aliases = aliases
            self.gender = gender
            self.age = age
        }
    }

    /// Who says what stands between quotation marks.
    package struct Speech: Codable, Hashable, Sendable {
        package var segment: Int
        /// A figure's name.
        package var speaker: String

        package init(segment: Int, speaker: String) {
            self.segment = segment
            self.speaker = speaker
        }
    }

    /// The model that was asked.
    package var model: String
    package var figures: [Figure]
    package var speeches: [Speech]
    /// Names that rules might take for people, and that are none.
    package var nobodies: [String]

    package init(model: String, figures: [Figure] = [], speeches: [Speech] = [], nobodies: [String] = []) {
        self.model = model
        self.figures = figures
        self.speeches = speeches
        self.nobodies = nobodies
    }
}
