// Entities · pure · sees Contracts, Policies, Ingest
import Contracts

/// First names that tell a gender. Small on purpose: pronouns and roles in the story weigh more.
enum GivenNames {
    static func gender(of key: String) -> Gender? {
        if female.contains(key) { return .female }
        return male.contains(key) ? .male : nil
    }

    private static let female = Set(
        words(
            """
            mira anna ana ada emma olivia sophia sofia mia amelia ella lily lucy grace chloe alice clara rose ruby ivy \
            nora hannah sarah sara maria mary marie marta martha elena helena ellen eleanor elin elsa ingrid freya astrid \
            julia juliet kate katie catherine katherine anne annie amy beth betty elizabeth eliza jane jenny jessica joan \
            laura leah lena lina linda lisa louise lola margaret maggie molly nina nadia natalie naomi olga petra rachel \
            rebecca rosa ruth sally samantha susan tara tess tilda vera victoria violet wendy zoe zara agnes beatrice \
            bella celia cora daisy dora edith emily esther fiona flora gerda greta gwen heidi irene iris isabel isla \
            jasmine josephine kira lara layla lila lotte luna maeve maya melissa mina miriam noa odette pearl penelope \
            pippa polly priya rita rosie sasha selma sonia stella sylvia thea ursula viola wilma yara yuki mei aiko fatima \
            aisha amina leila zainab ingeborg marta marisol carmen lucia ines pilar gretel rapunzel cinderella dorothy
            """))

    private static let male = Set(
        words(
            """
            tobias tom thomas jonas john jack james william will bill henry harry george charles charlie oliver noah leo \
            lucas luke liam ethan daniel dan david samuel sam ben benjamin max oscar theo theodore arthur albert alfred \
            alexander adam andrew anton antonio boris carl karl christian christopher conrad dmitri edgar edmund edward \
            eric erik ernest felix finn francis frank frederick fritz gabriel gregory gustav hans harold hector hugo ian \
            igor isaac ivan jacob jakob jasper jim joe joel jonah jonathan joseph josef josh joshua juan julian kai kurt \
            lars lawrence leon leonard lewis louis magnus marco marcus mark martin matthew michael mikhail miles milo \
            mohammed nathan ned neil nicholas nick nils olaf omar orlando oswald otto owen pablo patrick paul pedro peter \
            philip pierre ralph raymond richard robert robin roland ron rufus rupert sebastian simon stefan stephen steven \
            sven ted timothy tim toby victor vincent walter wilhelm yusuf zachary ali ahmed hassan ibrahim hiro kenji \
            ravi arjun wei jun bao tariq emil rolf anders gunnar bjorn hansel pinocchio aladdin
            """))
}

/// Capitalised words that are nobody.
enum NotNames {
    static func contains(_ key: String) -> Bool { list.contains(key) }

    private static let list = Set(
        words(
            """
            i a an the this that these those he she it we you they his her its our your their my me him them us mine \
            and but or nor so yet for if then than when while where why how what who whom whose which as at by in on to of \
            from into onto inside outside over under with without within through across along around about above below behind beside \
            between beyond before after during until since near up down off out away back there here now soon later \
            again once always never often sometimes maybe perhaps still just only even also too very quite almost all both \
            each every either neither no not none nothing nobody nowhere some somebody someone something somewhere any \
            anybody anyone anything everybody everyone everything everywhere one two three four five six seven eight nine \
            ten eleven twelve twenty hundred thousand first second third last next another other others many much more \
            most few several such same own yes oh ah eh hey hello hi goodbye bye please thanks thank sorry well okay ok \
            monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
            september october november december spring summer autumn winter fall morning noon afternoon evening night \
            midnight dawn dusk today tonight tomorrow yesterday christmas easter halloween god lord heaven earth english \
            french german chinese japanese russian spanish italian american british rain snow wind storm thunder \
            lightning fog mist sunlight sunshine sun moon star stars sky sea ocean light darkness silence water fire smoke \
            time people men women children villagers soldiers fishermen folk crowd waves clouds birds gulls seagulls \
            leaves trees flowers grass dust tears hope love fear joy anger peace war death life luck fate home chapter \
            part scene act prologue epilogue end suddenly slowly finally quietly softly gently carefully quickly \
            eventually outside inside upstairs downstairs nearby far high low deep long old young little small big great \
            good bad poor dear sweet beautiful cold warm dark bright black white red blue green yellow grey gray golden \
            silver is are was were be been being am do does did have has had can could may might must shall should will \
            would let go come look see wait stop run listen remember stay take give keep help leave tell ask say think \
            know try is't mr mrs ms miss dr sir madam instead because although though unless whenever wherever whatever \
            however moreover meanwhile afterwards above like unlike despite except inch seven-year even ever hundreds \
            thousands dozens half days weeks months years hours minutes seconds moments nights mornings
            """))
}
