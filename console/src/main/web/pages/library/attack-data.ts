// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

// Numbers and names of MITRE ATT&CK (attack.mitre.org, © The MITRE Corporation), of the matrices for
// Linux and for containers, as far as what they describe happens on a machine that is watched.

export type TacticId =
  | 'TA0001'
  | 'TA0002'
  | 'TA0003'
  | 'TA0004'
  | 'TA0005'
  | 'TA0006'
  | 'TA0007'
  | 'TA0008'
  | 'TA0009'
  | 'TA0010'
  | 'TA0011'
  | 'TA0040';

export interface TacticName {
  id: TacticId;
  tag: string;
}

export const TACTICS: TacticName[] = [
  { id: 'TA0001', tag: 'mitre_initial_access' },
  { id: 'TA0002', tag: 'mitre_execution' },
  { id: 'TA0003', tag: 'mitre_persistence' },
  { id: 'TA0004', tag: 'mitre_privilege_escalation' },
  { id: 'TA0005', tag: 'mitre_defense_evasion' },
  { id: 'TA0006', tag: 'mitre_credential_access' },
  { id: 'TA0007', tag: 'mitre_discovery' },
  { id: 'TA0008', tag: 'mitre_lateral_movement' },
  { id: 'TA0009', tag: 'mitre_collection' },
  { id: 'TA0011', tag: 'mitre_command_and_control' },
  { id: 'TA0010', tag: 'mitre_exfiltration' },
  { id: 'TA0040', tag: 'mitre_impact' },
];

// Number, tactics by the last digits of theirs, name.
const TABLE = `
T1078 1,3,4,5 Valid Accounts
T1133 1,3 External Remote Services
T1190 1 Exploit Public-Facing Application
T1195 1 Supply Chain Compromise
T1199 1 Trusted Relationship
T1053 2,3,4 Scheduled Task/Job
T1059 2 Command and Scripting Interpreter
T1106 2 Native API
T1129 2 Shared Modules
T1203 2 Exploitation for Client Execution
T1204 2 User Execution
T1569 2 System Services
T1609 2 Container Administration Command
T1610 2,5 Deploy Container
T1072 2,8 Software Deployment Tools
T1037 3,4 Boot or Logon Initialization Scripts
T1098 3,4 Account Manipulation
T1136 3 Create Account
T1205 3,5,11 Traffic Signaling
T1505 3 Server Software Component
T1525 3 Implant Internal Image
T1543 3,4 Create or Modify System Process
T1546 3,4 Event Triggered Execution
T1547 3,4 Boot or Logon Autostart Execution
T1554 3 Compromise Host Software Binary
T1556 3,5,6 Modify Authentication Process
T1574 3,4,5 Hijack Execution Flow
T1055 4,5 Process Injection
T1068 4 Exploitation for Privilege Escalation
T1548 4,5 Abuse Elevation Control Mechanism
T1611 4 Escape to Host
T1014 5 Rootkit
T1027 5 Obfuscated Files or Information
T1036 5 Masquerading
T1070 5 Indicator Removal
T1140 5 Deobfuscate/Decode Files or Information
T1222 5 File and Directory Permissions Modification
T1497 5,7 Virtualization/Sandbox Evasion
T1553 5 Subvert Trust Controls
T1562 5 Impair Defenses
T1564 5 Hide Artifacts
T1601 5 Modify System Image
T1612 5 Build Image on Host
T1620 5 Reflective Code Loading
T1622 5,7 Debugger Evasion
T1003 6 OS Credential Dumping
T1040 6,7 Network Sniffing
T1056 6,9 Input Capture
T1110 6 Brute Force
T1111 6 Multi-Factor Authentication Interception
T1212 6 Exploitation for Credential Access
T1528 6 Steal Application Access Token
T1539 6 Steal Web Session Cookie
T1552 6 Unsecured Credentials
T1555 6 Credentials from Password Stores
T1557 6,9 Adversary-in-the-Middle
T1558 6 Steal or Forge Kerberos Tickets
T1007 7 System Service Discovery
T1016 7 System Network Configuration Discovery
T1018 7 Remote System Discovery
T1033 7 System Owner/User Discovery
T1046 7 Network Service Discovery
T1049 7 System Network Connections Discovery
T1057 7 Process Discovery
T1069 7 Permission Groups Discovery
T1082 7 System Information Discovery
T1083 7 File and Directory Discovery
T1087 7 Account Discovery
T1201 7 Password Policy Discovery
T1518 7 Software Discovery
T1613 7 Container and Resource Discovery
T1021 8 Remote Services
T1080 8 Taint Shared Content
T1210 8 Exploitation of Remote Services
T1550 5,8 Use Alternate Authentication Material
T1563 8 Remote Service Session Hijacking
T1570 8 Lateral Tool Transfer
T1005 9 Data from Local System
T1039 9 Data from Network Shared Drive
T1074 9 Data Staged
T1113 9 Screen Capture
T1115 9 Clipboard Data
T1119 9 Automated Collection
T1213 9 Data from Information Repositories
T1560 9 Archive Collected Data
T1001 11 Data Obfuscation
T1008 11 Fallback Channels
T1071 11 Application Layer Protocol
T1090 11 Proxy
T1095 11 Non-Application Layer Protocol
T1102 11 Web Service
T1104 11 Multi-Stage Channels
T1105 11 Ingress Tool Transfer
T1132 11 Data Encoding
T1219 11 Remote Access Tools
T1568 11 Dynamic Resolution
T1571 11 Non-Standard Port
T1572 11 Protocol Tunneling
T1573 11 Encrypted Channel
T1011 10 Exfiltration Over Other Network Medium
T1020 10 Automated Exfiltration
T1030 10 Data Transfer Size Limits
T1041 10 Exfiltration Over C2 Channel
T1048 10 Exfiltration Over Alternative Protocol
T1567 10 Exfiltration Over Web Service
T1485 40 Data Destruction
T1486 40 Data Encrypted for Impact
T1489 40 Service Stop
T1490 40 Inhibit System Recovery
T1491 40 Defacement
T1495 40 Firmware Corruption
T1496 40 Resource Hijacking
T1498 40 Network Denial of Service
T1499 40 Endpoint Denial of Service
T1529 40 System Shutdown/Reboot
T1531 40 Account Access Removal
T1561 40 Disk Wipe
T1565 40 Data Manipulation
`;

export interface TechniqueName {
  id: string;
  name: string;
  tactics: string[];
}

export const TECHNIQUES: TechniqueName[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [id = '', tactics = '', ...name] = line.split(' ');
    return {
      id,
      name: name.join(' '),
      tactics: tactics.split(',').map((one) => `TA${one.padStart(4, '0')}`),
    };
  });
