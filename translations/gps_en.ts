<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>gps::app::CasesPage</name>
    <message numerus="yes">
        <source>All %n image(s)</source>
        <translation>
            <numerusform>All %n image</numerusform>
            <numerusform>All %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::ClassCasesPage</name>
    <message numerus="yes">
        <source>top-1 of %n picture(s), %1</source>
        <translation>
            <numerusform>top-1 of %n picture, %1</numerusform>
            <numerusform>top-1 of %n pictures, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::DataPage</name>
    <message numerus="yes">
        <source>%n leak(s)</source>
        <translation>
            <numerusform>%n leak</numerusform>
            <numerusform>%n leaks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::HomePage</name>
    <message numerus="yes">
        <source>%n picture(s) in %1 classes, %2</source>
        <translation>
            <numerusform>%n picture in %1 classes, %2</numerusform>
            <numerusform>%n pictures in %1 classes, %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s), nothing scored</source>
        <translation>
            <numerusform>%n epoch, nothing scored</numerusform>
            <numerusform>%n epochs, nothing scored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s); best top-1 %1</source>
        <translation>
            <numerusform>%n epoch; best top-1 %1</numerusform>
            <numerusform>%n epochs; best top-1 %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) with masks, %1</source>
        <translation>
            <numerusform>%n picture with mask, %1</numerusform>
            <numerusform>%n pictures with masks, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s); best mean Dice %1</source>
        <translation>
            <numerusform>%n epoch; best mean Dice %1</numerusform>
            <numerusform>%n epochs; best mean Dice %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) scored</source>
        <translation>
            <numerusform>%n picture scored</numerusform>
            <numerusform>%n pictures scored</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::ModelPage</name>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new, %n class(es)</source>
        <translation>
            <numerusform>new, %n class</numerusform>
            <numerusform>new, %n classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::SelectionPage</name>
    <message numerus="yes">
        <source>Gradient of %n training picture(s), mean loss %1.</source>
        <translation>
            <numerusform>Gradient of %n training picture, mean loss %1.</numerusform>
            <numerusform>Gradient of %n training pictures, mean loss %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::app::Session</name>
    <message numerus="yes">
        <source>CPU, %n thread(s)</source>
        <translation>
            <numerusform>CPU, %n thread</numerusform>
            <numerusform>CPU, %n threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionWords</name>
    <message numerus="yes">
        <source>%n weight(s)</source>
        <translation>
            <numerusform>%n weight</numerusform>
            <numerusform>%n weights</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gps::ui::ChoiceCounts</name>
    <message numerus="yes">
        <source>chosen by exactly %n selection(s)</source>
        <translation>
            <numerusform>chosen by exactly %n selection</numerusform>
            <numerusform>chosen by exactly %n selections</numerusform>
        </translation>
    </message>
</context>
</TS>
