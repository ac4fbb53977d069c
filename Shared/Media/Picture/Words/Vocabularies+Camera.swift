// Picture · pure · sees Contracts, Policies
import Contracts

extension Vocabularies {
    static let sizes = Vocabulary(
        ShotSize.self, of: ShotWords.framings, generic: .wide,
        aliases: [
            .extremeWide: ["ews", "panorama", "aerial", "大远景"],
            .establishing: ["es", "landscape", "远景"],
            .wide: ["full", "ws", "long", "long_shot", "full_shot", "group", "全景"],
            .medium: ["ms", "mid", "two_shot", "medium_shot", "medium_close_up", "medium_wide", "waist", "中景"],
            .closeUp: ["cu", "close", "closeup", "portrait", "特写", "近景"],
            .extremeCloseUp: ["ecu", "extreme_closeup", "大特写"],
            .insert: ["detail", "object", "cutaway"],
            .overShoulder: ["ots", "over_the_shoulder", "过肩"],
            .pov: ["point_of_view", "subjective"],
        ])

    static let moves = Vocabulary(
        CameraMove.self, of: ShotWords.movements, generic: .still,
        aliases: [
            .still: ["still", "fixed", "none", "locked", "", "固定"],
            .panRight: ["pan", "摇"],
            .tiltUp: ["tilt", "crane", "crane_up", "rise"],
            .tiltDown: ["crane_down", "descend"],
            .pushIn: ["push", "zoom", "dolly", "dolly_in", "推", "推进"],
            .pullOut: ["pull", "pull_back", "dolly_out", "拉", "拉远"],
            .tracking: ["track", "follow", "truck", "steadicam", "跟拍"],
        ])
}
