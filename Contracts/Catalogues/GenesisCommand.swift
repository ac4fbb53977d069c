// Contracts · pure · sees nothing

/// What a user may ask of a creation session: 22 commands, each answered by exactly one fact.
package enum GenesisCommand: String, CaseIterable, Hashable, Sendable {
    case sessionStart = "Command.Genesis.Session.Start"
    case seedRequest = "Command.Genesis.Session.Seed.Request"
    case conceptConfirm = "Command.Genesis.Session.Concept.Confirm"
    case stageComplete = "Command.Genesis.Session.Stage.Complete"
    case themeRequest = "Command.Genesis.Session.Theme.Request"
    case themeRevise = "Command.Genesis.Session.Theme.Revise"
    case themeConfirm = "Command.Genesis.Session.Theme.Confirm"
    case worldRequest = "Command.Genesis.Session.World.Request"
    case worldUpdate = "Command.Genesis.Session.World.Update"
    case worldConfirm = "Command.Genesis.Session.World.Confirm"
    case characterRequest = "Command.Genesis.Session.Character.Request"
    case characterUpdate = "Command.Genesis.Session.Character.Update"
    case characterConfirm = "Command.Genesis.Session.Character.Confirm"
    case characterNetworkCreate = "Command.Genesis.Session.CharacterNetwork.Create"
    case plotRequest = "Command.Genesis.Session.Plot.Request"
    case plotUpdate = "Command.Genesis.Session.Plot.Update"
    case plotConfirm = "Command.Genesis.Session.Plot.Confirm"
    case detailsRequest = "Command.Genesis.Session.Details.Request"
    case detailsConfirm = "Command.Genesis.Session.Details.Confirm"
    case sessionFinish = "Command.Genesis.Session.Finish"
    case sessionFail = "Command.Genesis.Session.Fail"
    case branchCreate = "Command.Genesis.Session.Branch.Create"

    /// The fact that a granted command becomes.
    package var event: GenesisEvent {
        switch self {
        case .sessionStart: .sessionStarted
        case .seedRequest: .seedRequested
        case .conceptConfirm: .conceptConfirmed
        case .stageComplete: .stageCompleted
        case .themeRequest: .themeRequested
        case .themeRevise: .themeRevised
        case .themeConfirm: .themeConfirmed
        case .worldRequest: .worldRequested
        case .worldUpdate: .worldUpdated
        case .worldConfirm: .worldConfirmed
        case .characterRequest: .characterRequested
        case .characterUpdate: .characterUpdated
        case .characterConfirm: .characterConfirmed
        case .characterNetworkCreate: .characterNetworkCreated
        case .plotRequest: .plotRequested
        case .plotUpdate: .plotUpdated
        case .plotConfirm: .plotConfirmed
        case .detailsRequest: .detailsRequested
        case .detailsConfirm: .detailsConfirmed
        case .sessionFinish: .sessionFinished
        case .sessionFail: .sessionFailed
        case .branchCreate: .branchCreated
        }
    }

    /// The fact of a command by its name; `nil` for a name that is no command.
    package static func event(of name: String) -> GenesisEvent? { GenesisCommand(rawValue: name)?.event }
}

extension GenesisEvent {
    /// The command it came from; `nil` for what only a generation brings.
    package var command: GenesisCommand? { GenesisCommand.allCases.first { $0.event == self } }
}
