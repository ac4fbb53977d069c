// Contracts · pure · sees nothing

/// Something that may stand for an entity in the picture. A search that fails has none; it never invents one.
package struct AssetCandidate: Codable, Hashable, Sendable {
    package var assetID: String
    package var assetType: String
    /// 0…1.
    package var score: Double
    /// Where it comes from.
    package var source: String
    package var licenseScope: String
    package var uri: String
    package var embeddingModel: String?
    package var matchReason: String?
    package var safetyFlags: [String]?

    package enum CodingKeys: String, CodingKey {
        case assetID = "asset_id"
        case assetType = "asset_type"
        case score
        case source
        case licenseScope = "license_scope"
        case uri
        case embeddingModel = "embedding_model"
        case matchReason = "match_reason"
        case safetyFlags = "safety_flags"
    }

    package init(assetID: String, assetType: String, score: Double, source: String, licenseScope: String, uri: String) {
        self.assetID = assetID
        self.assetType = assetType
        self.score = score
        self.source = source
        self.licenseScope = licenseScope
        self.uri = uri
    }
}
