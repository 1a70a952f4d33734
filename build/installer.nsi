; The installer of Rentbook for Windows, made by "py build\dev.py installer" from dist\Rentbook.
; Compiled with makensis on Debian too. Run under Wine, over a stand-in; not run on Windows yet.
;
;   rentbook-setup.exe                           asks for whom, and where
;   rentbook-setup.exe /S /AllUsers              silently, for everybody at this computer (an administrator)
;   rentbook-setup.exe /S /CurrentUser /D=C:\X   silently, for whoever runs it, into a folder (last, without quotes)
;   uninstall.exe /S                             removes the program; databases, keys and settings stay
;
; Exit codes: 0 done, 1 stopped by the user, 2 not done: the program is open, a newer one is installed, or it is installed in
; another folder.
;
; Nothing is taken away but what an installer put there: its files stand in program\installed.txt.

Unicode true
!ifndef VERSION | FOLDER | LIST | ICON | TARGET
  !error "Say -DVERSION=1.2.3 -DFOLDER=the packaged program -DLIST=of its files -DICON=its icon -DTARGET=the installer to make"
!endif

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Rentbook"
!define CLASS "Rentbook.Database"
!define WINDOW "rentbook-window.exe"
!define COMMAND "rentbook.exe"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "Rentbook"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallLocation"
!include MultiUser.nsh
!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include TextFunc.nsh
!include WordFunc.nsh
!include x64.nsh

Name "Rentbook"
OutFile "${TARGET}"
AllowSkipFiles off
SetCompressor /SOLID lzma
SetCompressorDictSize 64
ManifestDPIAware true
BrandingText "Rentbook ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2057 "ProductName" "Rentbook"
VIAddVersionKey /LANG=2057 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2057 "FileDescription" "Rentbook ${VERSION}, installer"
VIAddVersionKey /LANG=2057 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2057 "LegalCopyright" ""

!ifdef SIGN
  !finalize '${SIGN} "%1"' = 0
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Open Rentbook"
!define MUI_FINISHPAGE_RUN_FUNCTION openAsOfficer
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!macro REFUSE words
  MessageBox MB_OK|MB_ICONSTOP "${words}" /SD IDOK
  SetErrorLevel 2
  Quit
!macroend

; A program that is open can't be written over: Windows keeps its file.
!macro WAIT_UNTIL_CLOSED file words
  again_${file}:
  ${If} ${FileExists} "$INSTDIR\${file}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${file}" a
    ${If} ${Errors}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${words}" /SD IDCANCEL IDRETRY again_${file}
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

!macro WAIT_UNTIL_BOTH_CLOSED
  !insertmacro WAIT_UNTIL_CLOSED "${WINDOW}" "Rentbook is open at this computer. Close it in every session, then choose Retry."
  !insertmacro WAIT_UNTIL_CLOSED "${COMMAND}" "A job of Rentbook is running at this computer. Choose Retry when it has ended."
!macroend

; Takes away what program\installed.txt names: its files, then its folders where nothing else lies in them.
!macro REMOVER un
Function ${un}removeListed
  ClearErrors
  FileOpen $0 "$INSTDIR\program\installed.txt" r
  ${IfNot} ${Errors}
    ${Do}
      ClearErrors
      FileRead $0 $1
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      ${${un}TrimNewLines} $1 $1
      StrCpy $2 $1 1 -1
      ${If} $2 == "\"
        RMDir "$INSTDIR\$1"
      ${Else}
        Delete "$INSTDIR\$1"
      ${EndIf}
    ${Loop}
    FileClose $0
    Delete "$INSTDIR\program\installed.txt"
    RMDir "$INSTDIR\program"
  ${EndIf}
FunctionEnd
!macroend
!insertmacro REMOVER ""
!insertmacro REMOVER "un."

; Explorer opens it as the officer who sits here, also where an administrator's rights were lent for the installing.
Function openAsOfficer
  Exec '"$WINDIR\explorer.exe" "$INSTDIR\${WINDOW}"'
FunctionEnd

; /D=FOLDER stands in $INSTDIR before anything else does, and MULTIUSER_INIT writes its own over it.
Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro REFUSE "Rentbook needs a 64-bit Windows."
  ${EndIf}
  SetRegView 64
  StrCpy $9 $INSTDIR
  !insertmacro MULTIUSER_INIT
  ${If} $9 != ""
    StrCpy $INSTDIR $9
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section "Rentbook"
  ReadRegStr $1 SHCTX "${KEY}" "DisplayVersion"
  ${If} $1 != ""
    ${VersionCompare} $1 "${VERSION}" $2
    ${If} $2 == 1
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Rentbook $1, which is newer, is installed here. An older program doesn't open a database that a newer one has upgraded. Put ${VERSION} in its place all the same?" /SD IDNO IDYES older
      SetErrorLevel 2
      Quit
      older:
    ${EndIf}
  ${EndIf}
  ReadRegStr $1 SHCTX "${KEY}" "InstallLocation"
  ${If} $1 != ""
  ${AndIf} $1 != $INSTDIR
  ${AndIf} ${FileExists} "$1\${WINDOW}"
    !insertmacro REFUSE "Rentbook is installed in $1. Install into that folder, or remove it there first."
  ${EndIf}
  !insertmacro WAIT_UNTIL_BOTH_CLOSED
  SetOutPath "$INSTDIR"
  Call removeListed
  File /r "${FOLDER}\*.*"
  File "/oname=program\installed.txt" "${LIST}"
  File "/oname=rentbook.ico" "${ICON}"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\Rentbook.lnk" "$INSTDIR\${WINDOW}" "" "$INSTDIR\rentbook.ico"
  CreateShortcut "$DESKTOP\Rentbook.lnk" "$INSTDIR\${WINDOW}" "" "$INSTDIR\rentbook.ico"

  ; "Open with Rentbook" for database files; what opens them otherwise stays as it was.
  WriteRegStr SHCTX "Software\Classes\${CLASS}" "" "Rentbook database"
  WriteRegStr SHCTX "Software\Classes\${CLASS}\DefaultIcon" "" "$INSTDIR\rentbook.ico"
  WriteRegStr SHCTX "Software\Classes\${CLASS}\shell\open\command" "" '"$INSTDIR\${WINDOW}" --db "%1"'
  WriteRegNone SHCTX "Software\Classes\.db\OpenWithProgids" "${CLASS}"

  WriteRegStr SHCTX "${KEY}" "DisplayName" "Rentbook"
  WriteRegStr SHCTX "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${KEY}" "DisplayIcon" "$INSTDIR\rentbook.ico"
  WriteRegStr SHCTX "${KEY}" "Publisher" "Rentbook"
  WriteRegStr SHCTX "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD SHCTX "${KEY}" "EstimatedSize" "$0"
SectionEnd

; The databases, keys, settings and logs of those who used it stay where they are.
Section "Uninstall"
  !insertmacro WAIT_UNTIL_BOTH_CLOSED
  Delete "$SMPROGRAMS\Rentbook.lnk"
  Delete "$DESKTOP\Rentbook.lnk"
  DeleteRegValue SHCTX "Software\Classes\.db\OpenWithProgids" "${CLASS}"
  DeleteRegKey SHCTX "Software\Classes\${CLASS}"
  DeleteRegKey SHCTX "${KEY}"
  Call un.removeListed
  Delete "$INSTDIR\${WINDOW}"
  Delete "$INSTDIR\${COMMAND}"
  Delete "$INSTDIR\rentbook.ico"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
