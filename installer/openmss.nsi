; The Windows set-up. installer/setup_program.py runs makensis on it with VERSION, NUMBERS, FROZEN, ICON, WIZARD
; (its pictures, up to the scale in their names), TARGET and SIZE_KIB (COMPRESSION: what SetCompressor takes).
; Silent: /S; folder: /D=… (last, without quotes); /AUTOSTART and /SERVICE choose what is not chosen by itself. The
; uninstaller: /S, and /PURGE to delete the settings as well. It speaks the language of Windows: Chinese or English.
Unicode true
!pragma warning error 6000 ; an unknown variable would be shown as its name
Target amd64-unicode ; the only stub that is needed: Qt is 64-bit only
ManifestDPIAware true
RequestExecutionLevel admin
!ifndef COMPRESSION
  !define COMPRESSION "/SOLID lzma"
!endif
SetCompressor ${COMPRESSION}
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define APP "OpenMSS"
!define FOLDER "myvoipapp\minisipserver" ; where users of the original look for their announcements
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"
!define APP_KEY "Software\${APP}"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"

Name "${APP} ${VERSION}"
OutFile "${TARGET}"
BrandingText "${APP} ${VERSION}"
Icon "${ICON}"
UninstallIcon "${ICON}"
VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${APP}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${APP} set-up"
VIAddVersionKey "CompanyName" "The OpenMSS developers"
VIAddVersionKey "LegalCopyright" "Apache License 2.0"

Var OldVersion ; of the copy that is registered, or nothing
Var Greeting   ; what the first page says
Var LastWords  ; what the last page says

!include MUI2.nsh
!include nsDialogs.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include TextFunc.nsh
!include WordFunc.nsh
!include x64.nsh

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${WIZARD}-100.bmp"
!define MUI_CUSTOMFUNCTION_GUIINIT ChoosePicture
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_SMALLDESC ; below the list, which is then wide enough for its words
!define MUI_WELCOMEPAGE_TITLE "$(WELCOME_TITLE)"
!define MUI_WELCOMEPAGE_TEXT "$Greeting"
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipFolderOfUpgrade
!define MUI_DIRECTORYPAGE_TEXT_TOP "$(FOLDER_TEXT)"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_PRE ChooseLastWords
!define MUI_PAGE_CUSTOMFUNCTION_SHOW OfferNoSecondServer
!define MUI_FINISHPAGE_TITLE "$(FINISH_TITLE)"
!define MUI_FINISHPAGE_TEXT "$LastWords"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "$(START_NOW)"
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.ShowConfirmation un.TakeConfirmation
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!include "windows/texts.nsh"

; --- What set-up and uninstaller share -------------------------------------------------------------------------

; Takes a column of the line in $R3.
!macro TakeColumn un number target
  ${${un}WordFind} $R3 "  " "${number}" ${target}
  ${${un}TrimNewLines} ${target} ${target}
  StrCpy $R7 ${target} 1
  ${If} $R7 == " " ; left over where the gap is of an odd width
    StrCpy ${target} ${target} "" 1
  ${EndIf}
!macroend

!macro SharedFunctions un
; Whether one of our programs runs from $INSTDIR: Windows lets nobody write to a program at work. $0 = 1 or 0.
Function ${un}IsRunning
  Push $1
  StrCpy $0 0
  ${If} ${FileExists} "$INSTDIR\openmss.exe"
    ClearErrors
    FileOpen $1 "$INSTDIR\openmss.exe" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\openmss-cli.exe"
    ClearErrors
    FileOpen $1 "$INSTDIR\openmss-cli.exe" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\openmss-service.exe"
    ClearErrors
    FileOpen $1 "$INSTDIR\openmss-service.exe" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
  Pop $1
FunctionEnd

; Waits until nothing of ours runs, at most $2 half seconds. $0 = 1 if something still does.
Function ${un}WaitForEnd
  ${Do}
    Call ${un}IsRunning
    ${If} $0 = 0
    ${OrIf} $2 <= 0
      ${Break}
    ${EndIf}
    Sleep 500
    IntOp $2 $2 - 1
  ${Loop}
FunctionEnd

; Adds to $3 a line for every call in the table that `openmss-cli calls` has printed. Takes its exit code and the
; table from the stack. Columns: number, state, from, to, answered by (may be empty), time; two spaces between.
Function ${un}AddCalls
  Exch
  Pop $R1 ; the table
  Pop $R0
  ${If} $R0 != 0
    Return
  ${EndIf}
  StrCpy $R2 2 ; the first line has the headings
  ${Do}
    ClearErrors
    ${${un}WordFind} "$R1" "$\n" "E+$R2" $R3
    ${If} ${Errors}
      ${Break}
    ${EndIf}
    !insertmacro TakeColumn "${un}" "+3" $R4
    !insertmacro TakeColumn "${un}" "+4" $R5
    !insertmacro TakeColumn "${un}" "-1" $R6
    StrCpy $3 "$3$\r$\n$R4 – $R5 ($R6)"
    IntOp $R2 $R2 + 1
  ${LoopUntil} $R2 > 12 ; more do not fit
FunctionEnd

; Asks a running program to end, naming its calls; sets the error level and leaves where it may not or does not.
Function ${un}EndProgram
  Call ${un}IsRunning
  ${If} $0 = 0
    Return
  ${EndIf}
  SetShellVarContext all
  StrCpy $3 ""
  nsExec::ExecToStack '"$INSTDIR\openmss-cli.exe" calls'
  Call ${un}AddCalls
  ${If} ${FileExists} "$APPDATA\${APP}\openmss.db" ; the service's: asked for nothing, it would make one there
    nsExec::ExecToStack '"$INSTDIR\openmss-cli.exe" --data "$APPDATA\${APP}" calls'
    Call ${un}AddCalls
  ${EndIf}
  ${If} $3 == ""
    StrCpy $3 "$(NO_CALLS)"
  ${Else}
    StrCpy $3 "$(CALLS)$3"
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION "$(RUNNING)$\r$\n$\r$\n$3$\r$\n$\r$\n$(END_IT)" /SD IDYES IDYES end_it
    SetErrorLevel 3
    Quit
  end_it:
  nsExec::Exec 'sc stop ${APP}'
  Pop $0
  nsExec::ExecToStack '"$INSTDIR\openmss-cli.exe" stop'
  Pop $0
  Pop $1
  StrCpy $2 60
  Call ${un}WaitForEnd
  ${If} $0 = 1
    nsExec::Exec 'taskkill /F /IM openmss-service.exe'
    Pop $0
    nsExec::Exec 'taskkill /F /IM openmss-cli.exe'
    Pop $0
    nsExec::Exec 'taskkill /F /IM openmss.exe'
    Pop $0
    StrCpy $2 20
    Call ${un}WaitForEnd
  ${EndIf}
  ${If} $0 = 1
    MessageBox MB_OK|MB_ICONSTOP "$(STILL_RUNNING)" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
FunctionEnd

; Deletes the default announcements, and leaves cust_ann as it is.
Function ${un}DeleteDefaultAnnouncements
  Push $0
  Push $1
  FindFirst $0 $1 "$INSTDIR\mss_ann\*"
  ${DoUntil} $1 == ""
    ${If} $1 != "."
    ${AndIf} $1 != ".."
    ${AndIf} $1 != "cust_ann"
      ${If} ${FileExists} "$INSTDIR\mss_ann\$1\*"
        RMDir /r "$INSTDIR\mss_ann\$1"
      ${Else}
        Delete "$INSTDIR\mss_ann\$1"
      ${EndIf}
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0
  Pop $1
  Pop $0
FunctionEnd

; Deletes everything that set-up has put there, by name: never what somebody else has.
Function ${un}DeletePrograms
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\openmss.exe"
  Delete "$INSTDIR\openmss-cli.exe"
  Delete "$INSTDIR\openmss-service.exe"
  Delete "$INSTDIR\README.md"
  Delete "$INSTDIR\VERSION"
  Call ${un}DeleteDefaultAnnouncements
FunctionEnd

Function ${un}DeleteService
  nsExec::Exec 'sc stop ${APP}'
  Pop $0
  nsExec::Exec 'sc delete ${APP}'
  Pop $0
FunctionEnd

Function ${un}DeleteFirewallRule
  nsExec::Exec 'netsh advfirewall firewall delete rule name="${APP}"'
  Pop $0
FunctionEnd
!macroend
!insertmacro SharedFunctions ""
!insertmacro SharedFunctions "un."

; --- Set-up ----------------------------------------------------------------------------------------------------

; Takes the picture made for the size of the first page: it depends on the scale of the screen and on the font.
Function ChoosePicture
  System::Call '*(i 0, i 0, i 109, i 193) p .r1' ; in dialogue units, as the page has it
  System::Call 'user32::MapDialogRect(p $HWNDPARENT, p r1)'
  System::Call '*$1(i, i, i, i .r2)'
  System::Free $1
  ${If} $2 > 550
    File "/oname=$PLUGINSDIR\modern-wizard.bmp" "${WIZARD}-200.bmp"
  ${ElseIf} $2 > 430
    File "/oname=$PLUGINSDIR\modern-wizard.bmp" "${WIZARD}-150.bmp"
  ${ElseIf} $2 > 350
    File "/oname=$PLUGINSDIR\modern-wizard.bmp" "${WIZARD}-125.bmp"
  ${EndIf}
FunctionEnd

Section "$(PROGRAM)" Programs
  SectionIn RO
  Call CheckSpace
  Call EndProgram
  Call BackUpDatabases
  SetShellVarContext all
  DetailPrint "$(COPYING)"
  SetDetailsPrint none ; names of two thousand files help nobody
  Call DeletePrograms
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${FROZEN}/*.*"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "$(NOT_WRITTEN)" /SD IDOK
    SetErrorLevel 5
    Quit
  ${EndIf}
  CreateDirectory "$INSTDIR\mss_ann\cust_ann"
  ; The people of this PC record their own announcements: users may write there (S-1-5-32-545 are the users).
  nsExec::Exec 'icacls "$INSTDIR\mss_ann\cust_ann" /grant *S-1-5-32-545:(OI)(CI)M'
  Pop $0
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKLM "${APP_KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKLM "${APP_KEY}" "Version" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayName" "${APP}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\openmss.exe"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "Publisher" "The OpenMSS developers"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KIB}
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section "$(ENTRIES)" Entries
  SetShellVarContext all
  CreateDirectory "$SMPROGRAMS\${APP}"
  CreateShortCut "$SMPROGRAMS\${APP}\${APP}.lnk" "$INSTDIR\openmss.exe"
  CreateShortCut "$DESKTOP\${APP}.lnk" "$INSTDIR\openmss.exe"
SectionEnd

Section "$(FIREWALL)" Firewall
  Call DeleteFirewallRule
  nsExec::Exec 'netsh advfirewall firewall add rule name="${APP}" dir=in action=allow program="$INSTDIR\openmss.exe" enable=yes'
  Pop $0
  nsExec::Exec 'netsh advfirewall firewall add rule name="${APP}" dir=in action=allow program="$INSTDIR\openmss-cli.exe" enable=yes'
  Pop $0
  nsExec::Exec 'netsh advfirewall firewall add rule name="${APP}" dir=in action=allow program="$INSTDIR\openmss-service.exe" enable=yes'
  Pop $0
SectionEnd

Section /o "$(AUTOSTART)" Autostart
  WriteRegStr HKLM "${RUN_KEY}" "${APP}" '"$INSTDIR\openmss.exe"'
SectionEnd

Section /o "$(SERVICE)" Service
  SetShellVarContext all ; $APPDATA is C:\ProgramData
  CreateDirectory "$APPDATA\${APP}"
  ; S-1-5-19 is the service's account (LocalService), S-1-5-18 the system, S-1-5-32-544 the administrators.
  nsExec::Exec 'icacls "$APPDATA\${APP}" /inheritance:r /grant *S-1-5-19:(OI)(CI)F *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F'
  Pop $0
  nsExec::ExecToStack 'sc create ${APP} binPath= "\"$INSTDIR\openmss-service.exe\" --data \"$APPDATA\${APP}\"" start= auto obj= "NT AUTHORITY\LocalService" DisplayName= "${APP}"'
  Pop $0
  Pop $1
  ${If} $0 != 0
  ${AndIf} $0 != 1073 ; it is there already
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(NO_SERVICE)$\r$\n$\r$\n$1" /SD IDOK
  ${EndIf}
  nsExec::Exec 'sc description ${APP} "$(SERVICE_TEXT)"'
  Pop $0
  nsExec::Exec 'sc failure ${APP} reset= 86400 actions= restart/2000/restart/10000/restart/60000'
  Pop $0
  nsExec::Exec 'sc start ${APP}'
  Pop $0
SectionEnd

; What an upgrade no longer chooses is taken away; what ran is started again.
Section "-Rest"
  SetShellVarContext all
  ${IfNot} ${SectionIsSelected} ${Entries}
    RMDir /r "$SMPROGRAMS\${APP}"
    Delete "$DESKTOP\${APP}.lnk"
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${Firewall}
    Call DeleteFirewallRule
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${Autostart}
    DeleteRegValue HKLM "${RUN_KEY}" "${APP}"
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${Service}
    Call DeleteService
  ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${Programs} "$(PROGRAM_TEXT)"
  !insertmacro MUI_DESCRIPTION_TEXT ${Entries} "$(ENTRIES_TEXT)"
  !insertmacro MUI_DESCRIPTION_TEXT ${Firewall} "$(FIREWALL_TEXT)"
  !insertmacro MUI_DESCRIPTION_TEXT ${Autostart} "$(AUTOSTART_TEXT)"
  !insertmacro MUI_DESCRIPTION_TEXT ${Service} "$(SERVICE_HINT)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  SetRegView 64
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(ONLY_64)" /SD IDOK
    SetErrorLevel 6
    Quit
  ${EndIf}
  ; An older copy is brought up to date where it is, whatever /D= says: its announcements are there.
  ReadRegStr $OldVersion HKLM "${APP_KEY}" "Version"
  ReadRegStr $0 HKLM "${APP_KEY}" "InstallDir"
  ${If} $0 != ""
    StrCpy $INSTDIR $0
  ${ElseIf} $INSTDIR == ""
    StrCpy $INSTDIR "D:\${FOLDER}"
    System::Call 'kernel32::GetDriveType(t "D:\") i .r0'
    StrCpy $1 0
    ${If} $0 = 3
      ${DriveSpace} "D:\" "/D=F /S=M" $1
    ${EndIf}
    ${If} $1 < 1024 ; no disk of this PC (a DVD, a stick, somebody's share), or a full one: a recovery partition
      ReadEnvStr $0 "SystemDrive"
      StrCpy $INSTDIR "$0\${FOLDER}"
    ${EndIf}
  ${EndIf}
  StrCpy $Greeting "$(WELCOME)"
  ${If} $OldVersion != ""
    StrCpy $Greeting "$(WELCOME_UPGRADE)"
    ${If} $OldVersion == "${VERSION}"
      StrCpy $Greeting "$(WELCOME_AGAIN)"
    ${EndIf}
    ${VersionCompare} "$OldVersion" "${VERSION}" $0
    ${If} $0 = 1
      MessageBox MB_OK|MB_ICONSTOP "$(NEWER_IS_THERE)" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    Call ChooseAsBefore
  ${EndIf}
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/AUTOSTART" $0
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${Autostart}
  ${EndIf}
  ClearErrors
  ${GetOptions} $1 "/SERVICE" $0
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${Service}
  ${EndIf}
FunctionEnd

; An upgrade begins with what was chosen last time.
Function ChooseAsBefore
  SetShellVarContext all
  ${IfNot} ${FileExists} "$SMPROGRAMS\${APP}\${APP}.lnk"
    !insertmacro UnselectSection ${Entries}
  ${EndIf}
  ReadRegStr $0 HKLM "${RUN_KEY}" "${APP}"
  ${If} $0 != ""
    !insertmacro SelectSection ${Autostart}
  ${EndIf}
  nsExec::ExecToStack 'sc query ${APP}'
  Pop $0
  Pop $1
  ${If} $0 = 0
    !insertmacro SelectSection ${Service}
  ${EndIf}
FunctionEnd

Function SkipFolderOfUpgrade
  ${If} $OldVersion != ""
    Abort
  ${EndIf}
FunctionEnd

; The window and the service would take each other's port: who chooses one to start does not get the other.
Function .onSelChange
  ${If} ${SectionIsSelected} ${Service}
  ${AndIf} ${SectionIsSelected} ${Autostart}
    ${If} $0 = ${Service} ; the one that was clicked last
      !insertmacro UnselectSection ${Autostart}
    ${Else}
      !insertmacro UnselectSection ${Service}
    ${EndIf}
  ${EndIf}
FunctionEnd

Function ChooseLastWords
  StrCpy $LastWords "$(FINISH)"
  SetShellVarContext current
  ${If} $OldVersion != ""
  ${OrIf} ${FileExists} "$APPDATA\${APP}\openmss.db" ; kept when it was uninstalled
    StrCpy $LastWords "$(FINISH_UPGRADE)"
  ${EndIf}
  SetShellVarContext all
  ${If} ${SectionIsSelected} ${Service}
    StrCpy $LastWords "$(FINISH_SERVICE)"
  ${EndIf}
FunctionEnd

Function OfferNoSecondServer
  ${If} ${SectionIsSelected} ${Service}
    ${NSD_Uncheck} $mui.FinishPage.Run
    ShowWindow $mui.FinishPage.Run ${SW_HIDE}
  ${EndIf}
FunctionEnd

; Sees to it that the programs fit, before the old ones are deleted: those count as free.
Function CheckSpace
  ReadRegDWORD $1 HKLM "${UNINSTALL_KEY}" "EstimatedSize"
  IntOp $1 ${SIZE_KIB} - $1
  IntOp $1 $1 / 1024
  IntOp $1 $1 + 10 ; for what is rounded up, and for the copy of the settings
  ${GetRoot} "$INSTDIR" $2
  ClearErrors
  ${DriveSpace} "$2\" "/D=F /S=M" $0
  ${IfNot} ${Errors}
  ${AndIf} $0 < $1
    MessageBox MB_OK|MB_ICONSTOP "$(NO_SPACE)" /SD IDOK
    SetErrorLevel 8
    Quit
  ${EndIf}
FunctionEnd

; Copies the databases of this user and of the service, with what was not yet written into them.
Function BackUpDatabases
  ${If} $OldVersion == ""
    Return
  ${EndIf}
  SetShellVarContext current
  StrCpy $2 "$APPDATA\${APP}"
  Call BackUpDatabase
  SetShellVarContext all
  StrCpy $2 "$APPDATA\${APP}"
  Call BackUpDatabase
FunctionEnd

Function BackUpDatabase
  ${IfNot} ${FileExists} "$2\openmss.db"
    Return
  ${EndIf}
  CreateDirectory "$2\backups"
  ClearErrors
  CopyFiles /SILENT "$2\openmss.db" "$2\backups\openmss-$OldVersion.db"
  ${If} ${FileExists} "$2\openmss.db-wal"
    CopyFiles /SILENT "$2\openmss.db-wal" "$2\backups\openmss-$OldVersion.db-wal"
  ${EndIf}
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "$(NO_BACKUP)" /SD IDOK
    SetErrorLevel 7
    Quit
  ${EndIf}
FunctionEnd

; By the desktop, so that it runs with the user's rights, not with those of set-up.
Function StartProgram
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\openmss.exe"'
FunctionEnd

; --- Uninstaller -----------------------------------------------------------------------------------------------

Var WithSettings
Var WithSettingsBox

Function un.onInit
  SetRegView 64
  StrCpy $WithSettings 0
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/PURGE" $0
  ${IfNot} ${Errors}
    StrCpy $WithSettings 1
  ${EndIf}
FunctionEnd

; The one page before it begins: what goes, what stays, and whether the settings go too.
Function un.ShowConfirmation
  !insertmacro MUI_HEADER_TEXT "$(UNINSTALL_TITLE)" "$(UNINSTALL_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 20u "$(UNINSTALL_TEXT)"
  Pop $0
  ${NSD_CreateLabel} 0 22u 100% 12u "$INSTDIR"
  Pop $0
  ${NSD_CreateCheckBox} 0 46u 100% 12u "$(DELETE_SETTINGS)"
  Pop $WithSettingsBox
  ${If} $WithSettings = 1
    ${NSD_Check} $WithSettingsBox
  ${EndIf}
  ${NSD_CreateLabel} 12u 62u -12u 40u "$(STAYS)"
  Pop $0
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:$(^UninstallBtn)"
  nsDialogs::Show
FunctionEnd

Function un.TakeConfirmation
  ${NSD_GetState} $WithSettingsBox $0
  StrCpy $WithSettings 0
  ${If} $0 = ${BST_CHECKED}
    StrCpy $WithSettings 1
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.EndProgram
  SetDetailsPrint none
  Call un.DeleteService
  Call un.DeleteFirewallRule
  DeleteRegValue HKLM "${RUN_KEY}" "${APP}"
  Call un.DeletePrograms
  RMDir "$INSTDIR\mss_ann\cust_ann" ; only where it is empty
  RMDir "$INSTDIR\mss_ann"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ${un.GetParent} "$INSTDIR" $0
  ${un.GetFileName} "$0" $1
  ${If} $1 == "myvoipapp" ; made by set-up, where it is empty now
    RMDir "$0"
  ${EndIf}
  ${If} $WithSettings = 1
    SetShellVarContext current
    StrCpy $2 "$APPDATA\${APP}"
    Call un.DeleteSettings
    SetShellVarContext all
    StrCpy $2 "$APPDATA\${APP}"
    Call un.DeleteSettings
  ${EndIf}
  SetShellVarContext all
  RMDir /r "$SMPROGRAMS\${APP}"
  Delete "$DESKTOP\${APP}.lnk"
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
  DeleteRegKey HKLM "${APP_KEY}"
SectionEnd

; What OpenMSS keeps in a data folder, by name; recordings, messages and own announcements in it stay.
Function un.DeleteSettings
  Delete "$2\openmss.db"
  Delete "$2\openmss.db-wal"
  Delete "$2\openmss.db-shm"
  Delete "$2\vault.key"
  Delete "$2\lock"
  Delete "$2\mss_var_param.ini"
  Delete "$2\window.ini"
  Delete "$2\service.txt"
  RMDir /r "$2\backups"
  RMDir /r "$2\control"
  RMDir /r "$2\log"
  RMDir /r "$2\tls"
  RMDir /r "$2\trace"
  RMDir "$2"
FunctionEnd
