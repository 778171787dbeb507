<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
  <context>
    <name>Application</name>
    <message numerus="yes">
      <source>%n call(s) are in progress and will be ended.</source>
      <translation>
        <numerusform>%n call is in progress and will be ended.</numerusform>
        <numerusform>%n calls are in progress and will be ended.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>CallRecordsPage</name>
    <message numerus="yes">
      <source>%n call(s) shown</source>
      <translation>
        <numerusform>%n call shown</numerusform>
        <numerusform>%n calls shown</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Commands</name>
    <message numerus="yes">
      <source>%n record(s) imported.</source>
      <translation>
        <numerusform>%n record imported.</numerusform>
        <numerusform>%n records imported.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to {file}.</source>
      <translation>
        <numerusform>%n record written to {file}.</numerusform>
        <numerusform>%n records written to {file}.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>DashboardPage</name>
    <message numerus="yes">
      <source>call(s) answered since the start</source>
      <translation>
        <numerusform>call answered since the start</numerusform>
        <numerusform>calls answered since the start</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>call(s) failed since the start</source>
      <translation>
        <numerusform>call failed since the start</numerusform>
        <numerusform>calls failed since the start</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>call(s) in progress</source>
      <translation>
        <numerusform>call in progress</numerusform>
        <numerusform>calls in progress</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RecordingsPage</name>
    <message numerus="yes">
      <source>%n recording(s) shown</source>
      <translation>
        <numerusform>%n recording shown</numerusform>
        <numerusform>%n recordings shown</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Delete %n recording(s)? The sound is gone for good.</source>
      <translation>
        <numerusform>Delete %n recording? The sound is gone for good.</numerusform>
        <numerusform>Delete %n recordings? The sound is gone for good.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RoomPane</name>
    <message numerus="yes">
      <source>%n party(ies)</source>
      <translation>
        <numerusform>%n party</numerusform>
        <numerusform>%n parties</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>StatusBar</name>
    <message numerus="yes">
      <source>%n call(s)</source>
      <translation>
        <numerusform>%n call</numerusform>
        <numerusform>%n calls</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>VoiceMailPage</name>
    <message numerus="yes">
      <source>Delete %n message(s)? This cannot be undone.</source>
      <translation>
        <numerusform>Delete %n message? This cannot be undone.</numerusform>
        <numerusform>Delete %n messages? This cannot be undone.</numerusform>
      </translation>
    </message>
  </context>
</TS>
